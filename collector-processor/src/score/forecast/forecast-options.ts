import type { ResourceKind } from '../../model/forecast.ts';

/** What the forecasts are told. Durations in milliseconds. */
export interface ForecastOptions {
  readonly enabled: boolean;
  readonly maxSeries: number;
  /** Time between two forecasts of a series. */
  readonly every: number;
  /** Time left that is worth a notice, and a page. */
  readonly horizon: number;
  readonly pageHorizon: number;
  readonly certificateHorizon: number;
  /** How far ahead forecasts are published. */
  readonly at: readonly string[];
  readonly capacities: readonly NamedCapacity[];
}

/** A resource that no convention names. */
export interface NamedCapacity {
  readonly metric: string;
  readonly kind: ResourceKind;
  /** 0: `capacityMetric` says it. */
  readonly capacity: number;
  readonly capacityMetric: string;
  /** The metric says how much is left. */
  readonly countsDown: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}
