import type { Draws } from '../random-draws.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Load by local time, 1 in the mean of a working day. */
export type Season = (localMs: number) => number;

export const flat: Season = () => 1;

/** One or two humps a day, as offices and evenings make them, and weekends that differ the more the days do. */
export function createSeason(draws: Draws, swing: number): Season {
  const peak = draws.between(9, 21);
  const second = draws.between(0, 0.5);
  const byMinute = Float64Array.from({ length: 1440 }, (_, minute) => {
    const angle = (2 * Math.PI * (minute / 60 - peak)) / 24;
    return 1 + swing * ((1 - second) * Math.cos(angle) + second * Math.cos(2 * angle + 1));
  });
  const less = draws.between(0, 0.6 * swing);
  return (localMs) => {
    const minutes = localMs / MINUTE_MS;
    const from = Math.floor(minutes);
    const left = byMinute[mod(from, 1440)] as number;
    const right = byMinute[mod(from + 1, 1440)] as number;
    return Math.max(0.02, left + (right - left) * (minutes - from)) * (1 - less * weekendShare(localMs));
  };
}

/** 1 on Saturdays and Sundays, 0 on other days, and something between for six hours around midnight. */
function weekendShare(localMs: number): number {
  // Day 0 of the epoch was a Thursday, so day 2 was a Saturday.
  const days = mod(localMs / DAY_MS - 2, 7);
  const intoIt = Math.min(1, Math.max(0, days < 5 ? days * 4 + 0.5 : (days - 7) * 4 + 0.5));
  return days < 1 || days > 5 ? intoIt : Math.min(1, Math.max(0, (2 - days) * 4 + 0.5));
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
