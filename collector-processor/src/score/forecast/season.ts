import { medianOf } from '../../model/order-statistics.ts';

/** What the time of day and the day of the week add to the trend. */
export interface Season {
  at(timeMs: number): number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 24;
const DAYS = 7;
/** Days before the hours of a day, and weeks before the days of a week, are told apart. */
const LEAST_DAYS = 3;
const LEAST_WEEKS = 3;
/** A season is believed when it takes this share of what strays around the trend away. */
const WORTH = 0.2;

const noSeason: Season = { at: () => 0 };

/**
 * Medians by hour of the day, then by day of the week (UTC), of an hourly series without its trend. The trend is the median
 * of the slopes between equal hours of different days, so that the season does not tilt it (Hirsch and Slack's seasonal
 * Kendall slope).
 */
export function findSeason(values: Float64Array, firstMs: number, stepMs: number): Season {
  const days = (values.length * stepMs) / DAY_MS;
  if (stepMs !== HOUR_MS || days < LEAST_DAYS) return noSeason;
  const slope = slopeBetweenDays(values);
  const level = medianOf(present(values, (value, i) => value - slope * i));
  const rest = values.map((value, i) => value - slope * i - level);
  const before = medianOf(present(rest, Math.abs));
  const hours = binned(rest, HOURS, (i) => hourOf(firstMs + i * stepMs));
  const withoutHours = rest.map((value, i) => value - (hours[hourOf(firstMs + i * stepMs)] as number));
  const isWeekly = days >= LEAST_WEEKS * DAYS;
  const weekdays = isWeekly ? binned(withoutHours, DAYS, (i) => dayOf(firstMs + i * stepMs)) : new Float64Array(DAYS);
  const after = medianOf(
    present(withoutHours, (value, i) => Math.abs(value - (weekdays[dayOf(firstMs + i * stepMs)] as number))),
  );
  if (!(after < (1 - WORTH) * before)) return noSeason;
  return { at: (timeMs) => (hours[hourOf(timeMs)] as number) + (weekdays[dayOf(timeMs)] as number) };
}

/** Per step. Only pairs that are at least half of the days apart: they say most. */
function slopeBetweenDays(values: Float64Array): number {
  const days = Math.floor(values.length / HOURS);
  const slopes: number[] = [];
  for (let apart = Math.max(1, Math.ceil(days / 2)); apart < days; apart++) {
    for (let i = 0; i + apart * HOURS < values.length; i++) {
      const slope = ((values[i + apart * HOURS] as number) - (values[i] as number)) / (apart * HOURS);
      if (!Number.isNaN(slope)) slopes.push(slope);
    }
  }
  return slopes.length === 0 ? 0 : medianOf(slopes);
}

function binned(values: Float64Array, bins: number, binOf: (i: number) => number): Float64Array {
  const members: number[][] = Array.from({ length: bins }, () => []);
  values.forEach((value, i) => {
    if (!Number.isNaN(value)) members[binOf(i)]?.push(value);
  });
  const medians = Float64Array.from(members, (some) => (some.length === 0 ? 0 : medianOf(some)));
  const middle = medianOf(medians);
  return medians.map((median) => median - middle);
}

function present(values: Float64Array, map: (value: number, i: number) => number): number[] {
  const kept: number[] = [];
  values.forEach((value, i) => {
    if (!Number.isNaN(value)) kept.push(map(value, i));
  });
  return kept;
}

function hourOf(timeMs: number): number {
  return Math.floor(timeMs / HOUR_MS) % HOURS;
}

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) % DAYS;
}
