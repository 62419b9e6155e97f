import { medianOf } from '../../model/order-statistics.ts';
import { findSeason, type Season } from './season.ts';
import { findTeeth } from './teeth.ts';
import { findTrend, LEAST_VALUES, type Trend } from './trend.ts';

/** The newest values of a series, towards its capacity: a resource that runs out falls, and is given with its sign changed. */
export interface Climb {
  readonly values: Float64Array;
  /** Step number of the last value. */
  readonly newest: number;
  readonly stepMs: number;
}

/** Time left until the capacity is reached, in milliseconds from the end of the last step; Infinity: not as far as can be seen. */
export interface TimeLeft {
  readonly soonest: number;
  readonly expected: number;
  readonly latest: number;
}

export interface Outlook {
  readonly trend: Trend;
  readonly season: Season;
  readonly endMs: number;
  readonly stepMs: number;
  /** How far it looks ahead. */
  readonly reachMs: number;
  readonly left: TimeLeft;
  /** Both windows say that it grows towards its capacity, and how soon at the earliest. */
  readonly alarmWithin: number;
}

/** Change of the question in a what-if. */
export interface Supposed {
  /** Multiplies the slope. */
  readonly growth: number;
  readonly capacity: number;
}

/** 90 % of what is measured lies within so many deviations. */
const WITHIN_90 = 1.645;
/** Nothing is said of more than so many lengths of what was seen. */
const REACH = 2;
/** The short window is the last third. */
const SHORT = 3;
/** A lone fall from so high was a rescue by somebody, not a habit. */
const RESCUE = 0.9;

/** Undefined while there is too little to see a trend in. */
export function lookAhead({ values, newest, stepMs }: Climb, capacity: number): Outlook | undefined {
  const endMs = (newest + 1) * stepMs;
  const firstMs = endMs - values.length * stepMs;
  const season = findSeason(values, firstMs, stepMs);
  const steady = values.map((value, i) => value - season.at(firstMs + i * stepMs));
  const teeth = findTeeth(steady, capacity);
  const climb = steady.subarray(teeth.since);
  const trend = findTrend(climb) ?? findTrend(steady);
  if (trend === undefined) return undefined;
  const base = { trend, season, endMs, stepMs, reachMs: REACH * values.length * stepMs };
  const left = timeLeft(base, { growth: 1, capacity });
  const isHabit = teeth.falls > 0 && !(teeth.falls === 1 && teeth.peak >= RESCUE * capacity);
  const level = medianOf(climb.filter((value) => !Number.isNaN(value)).slice(-3));
  const isKnown = climb.length >= LEAST_VALUES && !(isHabit && level <= teeth.peak);
  const brief = climb.subarray(Math.min(climb.length - LEAST_VALUES, Math.floor((climb.length * (SHORT - 1)) / SHORT)));
  const short = isKnown ? findTrend(brief) : undefined;
  if (short === undefined || !grows(trend) || !grows(short)) return { ...base, left, alarmWithin: Infinity };
  const soon = timeLeft({ ...base, trend: short }, { growth: 1, capacity });
  const isSeen = Number.isFinite(left.expected) && Number.isFinite(soon.expected);
  return { ...base, left, alarmWithin: isSeen ? Math.max(left.soonest, soon.soonest) : Infinity };
}

type Fitted = Pick<Outlook, 'trend' | 'season' | 'endMs' | 'stepMs' | 'reachMs'>;

/** Expected value and its 90 % interval some time after the end. */
export function expectedAt({ trend, season, endMs, stepMs }: Fitted, aheadMs: number, growth = 1) {
  const ahead = aheadMs / stepMs;
  const extra = (growth - 1) * trend.slope * ahead;
  const middle = trend.expected(ahead) + extra + season.at(endMs + aheadMs - stepMs / 2);
  const half = WITHIN_90 * trend.error(ahead) * Math.max(1, growth);
  return { expected: middle, lower: middle - half, upper: middle + half };
}

/** When the upper end, the middle and the lower end of the forecast first reach the capacity. */
export function timeLeft(fitted: Fitted, { growth, capacity }: Supposed): TimeLeft {
  let soonest = Infinity;
  let expected = Infinity;
  const none = { soonest, expected, latest: Infinity };
  if (!(fitted.trend.slope * growth > 0) && expectedAt(fitted, fitted.stepMs).expected < capacity) return none;
  for (let ahead = fitted.stepMs; ahead <= fitted.reachMs; ahead += fitted.stepMs) {
    const then = expectedAt(fitted, ahead, growth);
    // A step's value is that of its middle.
    const when = ahead - fitted.stepMs / 2;
    if (then.upper >= capacity) soonest = Math.min(soonest, when);
    if (then.expected >= capacity) expected = Math.min(expected, when);
    if (then.lower >= capacity) return { soonest, expected, latest: when };
  }
  return { soonest, expected, latest: Infinity };
}

function grows({ slope, slopeError }: Trend): boolean {
  return slope > 0 && slope > WITHIN_90 * slopeError;
}
