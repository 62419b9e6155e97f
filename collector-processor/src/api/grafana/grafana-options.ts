/** The section `api.grafana` of the settings, resolved. */
export interface GrafanaOptions {
  /** Root of the Grafana whose signing keys are believed; empty: nobody is known by an id token. */
  readonly url: string;
  readonly orgIds: readonly number[];
  /** Tokens of this API that only Grafana's proxy uses, by name. */
  readonly tokens: readonly string[];
  readonly trustProxyIdentity: boolean;
  readonly clockLeeway: number;
  readonly keyMaxAge: number;
  readonly keyRetry: number;
  readonly timeout: number;
}
