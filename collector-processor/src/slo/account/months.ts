import { WallClock } from '../../runtime/wall-clock.ts';
import type { TimeRange } from '../budget/ranges.ts';
import { instantAt } from '../budget/time-window.ts';

/** A month such as `2026-03` as clocks show it somewhere. */
export function monthRange(month: string, timeZone: string): TimeRange {
  const clock = new WallClock(timeZone);
  const first = new Date(`${month}-01T00:00:00Z`);
  const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  return { fromMs: instantAt(clock, first.getTime()), toMs: instantAt(clock, next) };
}

/** The last month that is over. */
export function lastMonth(nowMs: number, timeZone: string): string {
  const wall = new Date(new WallClock(timeZone).at(nowMs));
  return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
