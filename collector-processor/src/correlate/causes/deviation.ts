import { medianOf, quantileOf } from '../../model/order-statistics.ts';
import type { CaseSeries } from './cause-case.ts';
import type { Rows } from './rows.ts';

/** How far a series is from usual while the incident lasts. */
export interface Deviation {
  /** In scales; negative below usual. */
  readonly z: number;
  readonly usual: number;
  readonly now: number;
  /** Start of the deviation that lasts into the incident, epoch milliseconds. */
  readonly onsetMs: number;
  /** Most values of the incident are off in this direction, not a few. */
  readonly stays: boolean;
}

/** A quarter of the median's error with fewer values than this is not yet small, so the range counts as well. */
const FEW_VALUES = 100;
const SHARE_OF_MEDIAN = 0.05;
/** Differences nobody would act on, by unit. */
const floors: Readonly<Record<string, number>> = { s: 0.002, ms: 2, ns: 2e6, '1': 0.01, '%': 0.5 };
/** A value is off from here, in scales; the border for the start and for how many stay. */
const OFF = 1.5;
/** From here on a deviation is no chance, in scales. */
export const SURE_Z = 3;
/** A level that came before the incident is looked for in that many values. */
const BEFORE = 5;

/**
 * What one step of a series is worth: the distance between its quartiles, but at least 5 % of its median (a series that
 * hardly moves would make everything huge), what matters in its unit, and with few values half of their range.
 */
export function scaleOf({ usual, unit }: Pick<CaseSeries, 'usual' | 'unit'>): number {
  const quartiles = quantileOf(usual, 0.75) - quantileOf(usual, 0.25);
  const range = usual.length < FEW_VALUES ? (Math.max(...usual) - Math.min(...usual)) / 2 : 0;
  return Math.max(quartiles, SHARE_OF_MEDIAN * Math.abs(medianOf(usual)), floors[unit] ?? 0, range) || 1;
}

/** Undefined where nothing is known of before or of now. */
export function deviationOf(series: CaseSeries, all: Rows): Deviation | undefined {
  const rows = series.measure === 'silence' ? always : all;
  const inside = series.values.filter((_, index) => rows.has(series.timesMs[index] ?? NaN));
  if (series.usual.length === 0 || inside.length === 0) return undefined;
  const scale = scaleOf(series);
  const usual = medianOf(series.usual);
  const now = medianOf(inside);
  const before = isLasting(series) ? usual : (levelBefore(series, rows.sinceMs) ?? usual);
  const [low, high] = [Math.min(usual, before), Math.max(usual, before)];
  const distance = now > high ? now - high : Math.min(0, now - low);
  const sign = Math.sign(now - usual) || 1;
  const isOff = (value: number): boolean => (sign * (value - usual)) / scale >= OFF;
  return {
    z: distance / scale,
    usual,
    now,
    onsetMs: onsetOf(series, rows.fromMs, isOff),
    stays: inside.filter(isOff).length * 2 > inside.length,
  };
}

/** Silence is told by a finding of the incident: it counts although it is over when what it left behind is at its worst. */
const always: Rows = { fromMs: -Infinity, toMs: Infinity, sinceMs: -Infinity, has: () => true };

/** Silence, and what is odd about a host, are known only while they last: what came before is no other level. */
function isLasting({ measure, place }: CaseSeries): boolean {
  return measure === 'silence' || place !== undefined;
}

/** A new level that had been reached before the incident is usual as well. */
function levelBefore({ timesMs, values }: CaseSeries, sinceMs: number): number | undefined {
  const end = timesMs.findIndex((timeMs) => timeMs >= sinceMs);
  const last = values.slice(Math.max(0, end - BEFORE), Math.max(0, end));
  return last.length < BEFORE ? undefined : medianOf(last);
}

/** The first value of the unbroken run of odd ones that reaches the incident; one usual value in between is forgiven. */
function onsetOf({ timesMs, values }: CaseSeries, fromMs: number, isOff: (value: number) => boolean): number {
  let first = timesMs.findIndex((timeMs, index) => timeMs >= fromMs && isOff(values[index] ?? NaN));
  if (first < 0) return fromMs;
  for (let index = first - 1, missed = 0; index >= 0 && missed < 2; index--) {
    if (isOff(values[index] ?? NaN)) [first, missed] = [index, 0];
    else missed++;
  }
  return timesMs[first] ?? fromMs;
}
