import type { CalendarWindow, SloWindow } from '../../model/slo.ts';
import { WallClock } from '../../runtime/wall-clock.ts';

/** From when to when a budget is counted: `toMs` is when it begins anew, or now for a rolling one. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;

/** The window that `nowMs` lies in. */
export function windowAt(window: SloWindow, nowMs: number): TimeWindow {
  if (window.kind === 'rolling') return { fromMs: nowMs - window.durationMs, toMs: nowMs };
  const clock = new WallClock(window.timeZone);
  const wallMs = clock.at(nowMs);
  const anchorMs = Date.parse(`${window.anchor}Z`);
  let index = Math.floor((wallMs - anchorMs) / longest(window));
  while (startOf(window, anchorMs, index) > wallMs) index--;
  while (startOf(window, anchorMs, index + 1) <= wallMs) index++;
  const bounds = [index, index + 1].map((one) => instantAt(clock, startOf(window, anchorMs, one)));
  return { fromMs: bounds[0] ?? nowMs, toMs: bounds[1] ?? nowMs };
}

const longestDays = { day: 1, week: 7, month: 31, quarter: 92, year: 366 } as const;
const months = { month: 1, quarter: 3, year: 12 } as const;

function longest({ unit, count }: CalendarWindow): number {
  return longestDays[unit] * count * DAY_MS;
}

/** Wall time at which the n-th window after the anchor begins. The 31st of a shorter month is its last day. */
function startOf({ unit, count }: CalendarWindow, anchorMs: number, n: number): number {
  if (unit === 'day' || unit === 'week') return anchorMs + n * count * longestDays[unit] * DAY_MS;
  const anchor = new Date(anchorMs);
  const month = anchor.getUTCMonth() + n * count * months[unit];
  const lastDay = new Date(Date.UTC(anchor.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(anchor.getUTCDate(), lastDay);
  return Date.UTC(anchor.getUTCFullYear(), month, day) + (anchorMs % DAY_MS);
}

/** When clocks show it. An hour that is left out in spring is taken for the one after it. */
export function instantAt(clock: WallClock, wallMs: number): number {
  const guess = wallMs - (clock.at(wallMs) - wallMs);
  return guess - (clock.at(guess) - wallMs);
}
