import type { Series } from '../../model/anomaly.ts';
import type { CapacityRole } from './capacity-rules.ts';

/** The last word of one metric stream on a resource. */
export interface CapacityInput {
  readonly role: CapacityRole;
  /** Known beforehand, from the settings; NaN otherwise. */
  readonly capacity: number;
  /** As a metrics store knows it; absent for what no metric tells. */
  readonly stored?: Series;
  value: number;
  timeMs: number;
}

/** In what a resource is measured: a series starts anew when that changes. */
export type Basis = 'amount' | 'ratio' | 'left' | 'expiry';

/** `level` rises to `capacity`; what counts down to zero has its sign changed. */
export interface CapacityReading {
  readonly basis: Basis;
  readonly level: number;
  readonly capacity: number;
}

/** What was not heard of for so long is not known. */
const STALE_MS = 15 * 60_000;
/** "No limit" is written as 0, -1 or the largest integer. */
const LARGEST_LIMIT = 2 ** 60;
/** Seconds: a larger number is a unix time, for no certificate lasts thirty years. */
const UNIX_TIME = 1e9;

/** Undefined while the use or the capacity is unknown. */
export function readCapacity(inputs: readonly CapacityInput[], nowMs: number): CapacityReading | undefined {
  const fresh = inputs.filter(({ timeMs }) => nowMs - timeMs <= STALE_MS);
  const pick = (role: CapacityRole): number[] => fresh.flatMap((input) => (input.role === role ? input.value : []));
  const fixed = fresh.find((input) => !Number.isNaN(input.capacity))?.capacity ?? NaN;
  const [left] = pick('left');
  if (left !== undefined) return { basis: 'left', level: -left, capacity: 0 };
  const [expiry] = pick('expiry');
  if (expiry !== undefined) {
    return { basis: 'expiry', level: expiry >= UNIX_TIME ? nowMs / 1000 - expiry : -expiry, capacity: 0 };
  }
  return readAmount(pick, fixed) ?? readRatio(pick, fixed);
}

function readAmount(pick: (role: CapacityRole) => number[], fixed: number): CapacityReading | undefined {
  const free = pick('free');
  const spare = free.length === 0 ? NaN : free.reduce((sum, value) => sum + value, 0);
  const limits = [...pick('limit'), fixed].filter((limit) => limit > 0 && limit < LARGEST_LIMIT);
  const limit = limits.length === 0 ? NaN : Math.max(...limits);
  const [collected] = pick('after_collection');
  const used = collected ?? largest(pick('used')) ?? limit - spare;
  const capacity = Number.isNaN(spare) || collected !== undefined || Number.isNaN(used) ? limit : used + spare;
  if (!(capacity > 0) || Number.isNaN(used)) return undefined;
  return { basis: 'amount', level: used, capacity };
}

function readRatio(pick: (role: CapacityRole) => number[], fixed: number): CapacityReading | undefined {
  const ratio = largest(pick('ratio')) ?? (largest(pick('percent')) ?? NaN) / 100;
  if (Number.isNaN(ratio)) return undefined;
  return { basis: 'ratio', level: ratio, capacity: Number.isNaN(fixed) ? 1 : fixed };
}

function largest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}
