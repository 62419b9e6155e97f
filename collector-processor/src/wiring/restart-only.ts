import { changedSettings } from '../config/changed-settings.ts';
import { type Settings, settingsSchema } from '../config/schema.ts';
import type { SettingSchema } from '../runtime/yaml/setting-schema.ts';

/** Settings, and sections of them, that are read once; another value needs a restart. */
const readOnce = [
  'decode',
  'feedback',
  'store',
  'recorder',
  'api',
  'telemetry',
  'shutdown',
  'forward.write_ahead_log.path',
  'receivers.otlp.workers',
  'receivers.otlp.worker_backlog',
];

/** Names of the settings that are not as they were at the start and take effect after a restart only. */
export function restartNeeded(atStart: Settings, next: Settings): string[] {
  const changed = changedSettings(settingsSchema as SettingSchema, { before: atStart, next });
  return changed.filter((path) => readOnce.some((name) => path === name || path.startsWith(`${name}.`)));
}
