import type { DaysLeft, Forecast, ForecastAt, ForecastState } from '../../model/forecast.ts';
import { formatWithUnit } from '../../model/units.ts';
import type { CapacitySeries } from './capacity-series.ts';
import { expectedAt } from './outlook.ts';
import { fateOf } from './resource-name.ts';
import { daysOf, neverEmpty, spellDaysLeft } from './time-left.ts';

const DAY_MS = 86_400_000;

export interface Offset {
  readonly name: string;
  readonly ms: number;
}

/** What is known of a resource, for readers. `isShort`: it has a finding, or would have one. */
export function describeForecast(series: CapacitySeries, isShort: boolean, offsets: readonly Offset[]): Forecast {
  const { identity, outlook, sampledMs, capacity, deadlineDays } = series;
  const sign = signOf(series);
  const left = daysLeftOf(series);
  const state = stateOf(series, isShort);
  const perDay = outlook === undefined ? NaN : (sign * outlook.trend.slope * DAY_MS) / outlook.stepMs;
  return {
    ...{ series: identity.series, kind: identity.kind, unit: identity.unit, title: identity.title, state },
    ...{ sentence: sentenceOf(series, state), timeMs: sampledMs, used: sign * series.level, capacity: sign * capacity },
    perDay: deadlineDays === undefined ? perDay : -DAY_MS / 1000,
    left,
    at: offsets.flatMap((offset) => forecastAt(series, offset) ?? []),
  };
}

/** What counts down is kept with its sign changed. */
export function signOf({ basis }: CapacitySeries): 1 | -1 {
  return basis === 'left' || basis === 'expiry' ? -1 : 1;
}

export function daysLeftOf({ outlook, deadlineDays: days, level, capacity, sampledMs }: CapacitySeries): DaysLeft {
  if (days !== undefined) return { soonest: days, expected: days, latest: days };
  if (level >= capacity) return { soonest: 0, expected: 0, latest: 0 };
  return outlook === undefined ? neverEmpty : daysOf(outlook.left, outlook.endMs - sampledMs);
}

function stateOf({ outlook, deadlineDays, level, capacity }: CapacitySeries, isShort: boolean): ForecastState {
  if (isShort) return 'short';
  if (deadlineDays !== undefined || level >= capacity) return 'filling';
  if (outlook === undefined) return 'learning';
  return Number.isFinite(outlook.left.expected) ? 'filling' : 'steady';
}

/** `Disk /var of db is full in 3.2 days (2.1 to 6).` */
export function sentenceOf(series: CapacitySeries, state: ForecastState): string {
  const { identity, outlook, level, capacity } = series;
  const { title } = identity;
  const left = daysLeftOf(series);
  if (left.expected === 0) return `${title} ${fateOf(identity.kind)}.`;
  if (!Number.isNaN(left.expected)) return `${title} ${fateOf(identity.kind)} in ${spellDaysLeft(left)}.`;
  const share = capacity > 0 ? `, ${Math.round((100 * level) / capacity)} % used` : '';
  if (state === 'learning' || outlook === undefined) return `${title}: too little was seen for a forecast${share}.`;
  return `${title} does not run out within ${Math.round(outlook.reachMs / DAY_MS) || '1'} days${share}.`;
}

/** How fast, how full, and how long that was watched. */
export function reasonOf({ outlook, level, capacity, basis, identity, coarse }: CapacitySeries): string {
  if (outlook === undefined) return 'its end is known to the second';
  const { trend, stepMs, reachMs } = outlook;
  const unit = basis === 'ratio' ? '1' : identity.unit;
  const perDay = formatWithUnit((trend.slope * DAY_MS) / stepMs, unit);
  const of =
    capacity > 0 ? `, ${Math.round((100 * level) / capacity)} % of ${formatWithUnit(capacity, unit)} used` : '';
  const hours = reachMs / 2 / 3_600_000;
  const isLong = stepMs === coarse.stepMs && hours >= 48;
  const seen = isLong ? `${Math.round(hours / 24)} days` : hoursText(Math.round(hours));
  return `${basis === 'left' ? 'falls' : 'grows'} by ${perDay} a day${of}; the last ${seen} and their last third agree`;
}

function hoursText(hours: number): string {
  return hours <= 1 ? 'hour' : `${hours} hours`;
}

function forecastAt(series: CapacitySeries, { name, ms }: Offset): ForecastAt | undefined {
  const { outlook, sampledMs } = series;
  if (outlook === undefined || ms > outlook.reachMs) return undefined;
  const then = expectedAt(outlook, ms);
  return { offset: name, timeMs: sampledMs, ...turned(then, signOf(series)) };
}

/** The interval of what counts down is upside down in here. */
export function turned(then: { expected: number; lower: number; upper: number }, sign: 1 | -1) {
  const { expected, lower, upper } = then;
  return sign === 1 ? { expected, lower, upper } : { expected: -expected, lower: -upper, upper: -lower };
}
