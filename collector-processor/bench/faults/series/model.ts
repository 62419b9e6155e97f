/** A series in which nothing is wrong, apart into what is expected of it and what is chance, so that faults can act on either. */
export interface SeriesModel {
  /** Name of the kind; metrics of a kind are called after it. */
  readonly kind: string;
  /** `gauge` and `integer` are sent as gauges, `count` as a cumulative sum of one-minute counts, `latency` as a cumulative histogram. */
  readonly form: 'gauge' | 'integer' | 'count' | 'latency';
  readonly unit: string;
  /** Whether it has a daily pattern that stands out of its noise, or a cycle of its own of this length. */
  readonly season: 'none' | 'daily' | { readonly cycleMs: number };
  expected(localMs: number): number;
  /** Standard deviation of chance around it (of what chance would be with light tails); the unit of magnitudes. */
  spread(expected: number): number;
  /** What is seen. Called once a minute. */
  draw(expected: number, spread: number): number;
  readonly least: number;
  readonly most: number;
  /** For `latency`: requests a minute. */
  requests?(localMs: number): number;
}
