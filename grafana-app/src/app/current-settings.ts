import type { AppSettings } from './settings';

let saved: AppSettings | undefined;

/** Grafana hands an app the settings from when its page was loaded; what was saved since is remembered here. */
export function rememberSettings(settings: AppSettings): void {
  saved = settings;
}

export function currentSettings(loaded: AppSettings | undefined): AppSettings {
  return saved ?? loaded ?? {};
}
