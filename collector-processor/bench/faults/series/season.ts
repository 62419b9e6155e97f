import type { Draws } from '../random-draws.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Load by local time, 1 in the mean of a working day. */
export type Season = (localMs: number) => number;

export const flat: Season = () => 1;

/** One or two humps a day, as offices and evenings make them, and weekends that differ. */
export function createSeason(draws: Draws, swing: number): Season {
  const peak = draws.between(9, 21);
  const second = draws.between(0, 0.5);
  const byMinute = Float64Array.from({ length: 1440 }, (_, minute) => {
    const angle = (2 * Math.PI * (minute / 60 - peak)) / 24;
    return 1 + swing * ((1 - second) * Math.cos(angle) + second * Math.cos(2 * angle + 1));
  });
  const weekend = draws.between(0.5, 1);
  return (localMs) => {
    const minutes = localMs / MINUTE_MS;
    const from = Math.floor(minutes);
    const left = byMinute[mod(from, 1440)] as number;
    const right = byMinute[mod(from + 1, 1440)] as number;
    // Day 0 of the epoch was a Thursday.
    const isWeekend = mod(Math.floor(localMs / DAY_MS) + 4, 7) % 6 === 0;
    return Math.max(0.02, left + (right - left) * (minutes - from)) * (isWeekend ? weekend : 1);
  };
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
