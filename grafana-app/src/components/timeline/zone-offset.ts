import { dateTimeForTimeZone } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

/** How far the zone's clock is ahead of UTC at a point of time, so that round hours are round where the reader is. */
export function zoneOffsetMs(timeMs: number, timeZone: TimeZone): number {
  return (dateTimeForTimeZone(timeZone, timeMs).utcOffset?.() ?? 0) * 60_000;
}
