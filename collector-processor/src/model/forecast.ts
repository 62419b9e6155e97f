import type { Series } from './anomaly.ts';

/** What runs out. */
export type ResourceKind =
  'disk' | 'memory' | 'connections' | 'descriptors' | 'quota' | 'certificate' | 'error_budget' | 'other';

/**
 * `learning`: too little was seen; `steady`: it does not grow towards its capacity; `filling`: it does, and has time; `short`:
 * it runs out within the horizon.
 */
export type ForecastState = 'learning' | 'steady' | 'filling' | 'short';

/** Days until a resource runs out; NaN: not as far as can be seen. 90 % of what happens lies between the outer two. */
export interface DaysLeft {
  readonly soonest: number;
  readonly expected: number;
  readonly latest: number;
}

/** Expected use some time ahead, with its 90 % interval. */
export interface ForecastPoint {
  readonly timeMs: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

/** A forecast at an offset from now, such as `1d`. */
export interface ForecastAt extends ForecastPoint {
  readonly offset: string;
}

/** One resource: its use, its capacity, and when it runs out. */
export interface Forecast {
  readonly series: Series;
  readonly kind: ResourceKind;
  /** Unit of `used` and `capacity`. */
  readonly unit: string;
  readonly title: string;
  readonly state: ForecastState;
  /** One plain sentence. Masked. */
  readonly sentence: string;
  readonly timeMs: number;
  /** What counts down has how much is left, and a capacity of 0. */
  readonly used: number;
  readonly capacity: number;
  /** NaN while nothing is known of it. */
  readonly perDay: number;
  readonly left: DaysLeft;
  readonly at: readonly ForecastAt[];
}

/** What was, what is expected, and what would be if. */
export interface ForecastDetail {
  readonly forecast: Forecast;
  /** Hourly, or two-minutely while there is too little; oldest first. */
  readonly history: readonly { readonly timeMs: number; readonly value: number }[];
  readonly ahead: readonly ForecastPoint[];
  /** Days left if growth and capacity were those that were asked for. */
  readonly supposed: DaysLeft;
}

export interface Supposition {
  /** Multiplies the growth; 1 leaves it. */
  readonly growth: number;
  /** Undefined leaves it. */
  readonly capacity?: number | undefined;
}

/** What another part of the program says of a resource that no metric tells of, such as an error budget. */
export interface CapacityReport {
  readonly tenant: string;
  readonly service: string;
  readonly namespace: string;
  readonly environment: string;
  readonly kind: ResourceKind;
  /** Tells several of a service apart. */
  readonly name: string;
  readonly unit: string;
  readonly used: number;
  readonly capacity: number;
  readonly timeMs: number;
}
