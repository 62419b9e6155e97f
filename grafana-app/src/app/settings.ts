/** `jsonData` of the app; any user can read it. The API token is in `secureJsonData.apiToken`. */
export interface AppSettings {
  /** Address of the sidecar's API as Grafana's server reaches it. */
  readonly apiUrl?: string;
  readonly metricsUid?: string;
  readonly logsUid?: string;
  readonly tracesUid?: string;
}

export const PLUGIN_ID = 'sentinel-observability-app';
