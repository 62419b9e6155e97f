import type { DaysLeft } from '../../model/forecast.ts';
import type { TimeLeft } from './outlook.ts';

const DAY_MS = 86_400_000;
const HOURS = 24;
const MINUTES = 1440;

export const neverEmpty: DaysLeft = { soonest: NaN, expected: NaN, latest: NaN };

/** From a moment that lies `sinceMs` before the one that `left` counts from. NaN: not as far as can be seen. */
export function daysOf({ soonest, expected, latest }: TimeLeft, sinceMs: number): DaysLeft {
  return { soonest: inDays(soonest + sinceMs), expected: inDays(expected + sinceMs), latest: inDays(latest + sinceMs) };
}

function inDays(ms: number): number {
  return Number.isFinite(ms) ? Math.max(0, ms) / DAY_MS : NaN;
}

/** `3.2 days (2.1 to 6)`, `14 hours (9 to 22)`, `more than 20 days (at the earliest 9)`. */
export function spellDaysLeft({ soonest, expected, latest }: DaysLeft): string {
  const [factor, unit] = unitOf(expected);
  const number = (days: number): string => String(Number((days * factor).toPrecision(2)));
  const end = Number.isNaN(latest) ? 'open' : number(latest);
  const interval = soonest === latest ? '' : ` (${number(soonest)} to ${end})`;
  return `${number(expected)} ${number(expected) === '1' ? unit.slice(0, -1) : unit}${interval}`;
}

function unitOf(days: number): readonly [factor: number, unit: string] {
  if (days >= 2) return [1, 'days'];
  return days * HOURS >= 2 ? [HOURS, 'hours'] : [MINUTES, 'minutes'];
}
