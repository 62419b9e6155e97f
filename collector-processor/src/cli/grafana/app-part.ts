import type { GrafanaAdmin } from './grafana-admin.ts';
import { type Part, there } from './part.ts';
import { PLUGIN, pluginSettings } from './requirements.ts';

export interface AppWishes {
  /** Where Grafana's server reaches the sidecar's API. */
  readonly apiUrl: string | undefined;
  readonly apiToken: string | undefined;
  /** Uids by the names of the app's settings. */
  readonly dataSources: Readonly<Record<string, string>>;
}

/** The app is switched on and led to its sidecar. One that is led somewhere already is left alone. */
export async function appPart(grafana: GrafanaAdmin, { apiUrl, apiToken, dataSources }: AppWishes): Promise<Part> {
  const { enabled, pinned, jsonData, secureJsonFields, info } = await pluginSettings(grafana);
  const name = `app Sentinel ${info.version}`;
  const known = jsonData ?? {};
  if (enabled && typeof known['apiUrl'] === 'string' && secureJsonFields?.['apiToken'] === true) return there(name);
  return {
    name,
    missing: `switch it on, with the sidecar at ${apiUrl ?? 'an address that is not given'}`,
    needs: apiUrl === undefined || apiToken === undefined ? wanting : undefined,
    make: async (made) => {
      await grafana.post(`/api/plugins/${PLUGIN}/settings`, {
        enabled: true,
        pinned: true,
        jsonData: { ...known, ...dataSources, apiUrl },
        secureJsonData: { apiToken },
      });
      made({ kind: 'app settings', before: { enabled, pinned, jsonData: known } });
    },
  };
}

const wanting =
  'The app is not set up yet: give --api-url, where Grafana reaches the sidecar, and a token in SENTINEL_API_TOKEN ' +
  '("sentinel tokens create --name grafana --role operator" makes one).';
