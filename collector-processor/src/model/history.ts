import type { Series } from './anomaly.ts';

/** Steps of one series that a metrics store is asked for; times are ends of steps. */
export interface HistoryRequest {
  readonly series: Series;
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  /** How a counter is stored: as it counts, or what each point added. */
  readonly counter: 'cumulative' | 'delta';
}

export type HistoryOutcome =
  | { readonly kind: 'values'; readonly timeMs: Float64Array; readonly value: Float64Array }
  /** There is nothing, or the store cannot hold it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: string };

export type ReadHistory = (request: HistoryRequest, signal: AbortSignal) => Promise<HistoryOutcome>;

/** What became of the history of a series. */
export type HistoryState = 'waiting' | 'reading' | 'learned' | 'none' | 'failed';
