import type { MaintenanceList } from '../contract/maintenance.ts';
import { type MaintenanceOptions, occurrences, scopeOf } from '../slo/maintenance/maintenance-window.ts';

const YEAR_MS = 366 * 86_400_000;

/** A window as the API tells of it, with the time that it takes now and the next one within a year. */
export function maintenanceView(window: MaintenanceOptions, nowMs: number): MaintenanceList['items'][number] {
  const { name, reason, begin, duration, repeat, timeZone } = window;
  const times = occurrences(window, { fromMs: nowMs, toMs: nowMs + YEAR_MS });
  const now = times.find(({ fromMs }) => fromMs <= nowMs);
  const next = times.find(({ fromMs }) => fromMs > nowMs);
  return {
    ...{ name, reason, scope: scopeOf(window), begin, durationMs: duration, repeat, timeZone },
    ...(now === undefined ? {} : { now }),
    ...(next === undefined ? {} : { next }),
  };
}
