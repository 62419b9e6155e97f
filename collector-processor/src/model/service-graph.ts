import type { Place } from './service-link.ts';

/** Upper bounds in seconds of the histograms of an edge, as Tempo's service graphs have them. */
export const EDGE_BOUNDS = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8] as const;

/** Calls by duration: counts below each bound and above the last, not cumulative. */
export interface CallTimes {
  readonly counts: ArrayLike<number>;
  /** Seconds. */
  readonly sum: number;
}

/** Who calls whom and how often, since `sinceMs`. Sampled spans count by their weight. */
export interface ServiceEdge extends Place {
  readonly from: string;
  readonly to: string;
  /** Seen by the caller only: a database, a queue, somebody else's service. */
  readonly remote: boolean;
  readonly sinceMs: number;
  readonly lastMs: number;
  readonly calls: number;
  readonly failed: number;
  readonly client: CallTimes;
  /** As the callee saw it, of calls whose both sides were put beside each other. */
  readonly server: CallTimes;
  /** Of the last whole minute: calls a second, share that failed, seconds that 95 of 100 stay below. NaN without calls. */
  readonly rate: number;
  readonly errorRatio: number;
  readonly p95: number;
}

/** Where a service runs, as its resource attributes say. */
export interface ServiceWhereabouts extends Place {
  readonly service: string;
  /** `host`, `pod`, `node`, `zone` → names. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
}
