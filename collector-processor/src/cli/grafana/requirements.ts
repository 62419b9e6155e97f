import { failed, type GrafanaAdmin } from './grafana-admin.ts';

export const PLUGIN = 'sentinel-observability-app';
const OLDEST = [13, 1] as const;

/** What an installation does, and what of it needs which right. */
const needed: Readonly<Record<string, string>> = {
  'folders:create': 'make a folder',
  'dashboards:create': 'put dashboards into it',
  'folders.permissions:write': 'let an account edit it',
  'serviceaccounts:create': 'make that account',
  'plugins:write': 'set up the app',
};

export interface PluginSettings {
  readonly enabled: boolean;
  readonly pinned: boolean;
  readonly info: { readonly version: string };
  readonly jsonData?: Readonly<Record<string, unknown>> | null;
  readonly secureJsonFields?: Readonly<Record<string, boolean>> | null;
}

/** Throws with the remedy when this Grafana is too old, or the credentials may not do what is needed. */
export async function checkGrafana(grafana: GrafanaAdmin): Promise<{ readonly version: string }> {
  const { version = '' } = await grafana.get<{ version?: string }>('/api/health');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (version === '') throw failed(`${grafana.url} hides its version (auth.anonymous.hide_version). Show it for this.`);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw failed(`This is Grafana ${version}; the app needs ${OLDEST.join('.')} or newer. Upgrade Grafana first.`);
  }
  return { version };
}

export async function checkRights(grafana: GrafanaAdmin): Promise<void> {
  const granted = await grafana.get<Readonly<Record<string, unknown>>>('/api/access-control/user/permissions');
  const missing = Object.entries(needed).filter(([action]) => !Object.hasOwn(granted, action));
  if (missing.length === 0) return;
  const wishes = missing.map(([action, wish]) => `${wish} (${action})`).join(', ');
  throw failed(`These credentials may not ${wishes}. Take those of an administrator of the organisation.`);
}

export async function pluginSettings(grafana: GrafanaAdmin): Promise<PluginSettings> {
  const settings = await grafana.find<PluginSettings>(`/api/plugins/${PLUGIN}/settings`);
  if (settings !== undefined) return settings;
  throw failed(
    `Grafana has no plugin ${PLUGIN}. Unpack its archive into the folder of plugins, list it and its panels in ` +
      'allow_loading_unsigned_plugins unless it is signed, and start Grafana again (docs/install.md).',
  );
}
