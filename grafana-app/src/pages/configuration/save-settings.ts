import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { rememberSettings } from '../../app/current-settings';
import { type AppSettings, PLUGIN_ID } from '../../app/settings';

export interface SettingsToSave {
  readonly jsonData: AppSettings;
  /** Only when it changed; an absent token keeps the one that is stored. */
  readonly apiToken?: string;
}

/** Saves the app's settings and enables it. */
export async function saveSettings({ jsonData, apiToken }: SettingsToSave): Promise<void> {
  const secureJsonData = apiToken === undefined ? {} : { secureJsonData: { apiToken } };
  await lastValueFrom(
    getBackendSrv().fetch({
      url: `/api/plugins/${PLUGIN_ID}/settings`,
      method: 'POST',
      data: { enabled: true, pinned: true, jsonData, ...secureJsonData },
      showErrorAlert: false,
      showSuccessAlert: false,
    }),
  );
  rememberSettings(jsonData);
}
