import type { PointKind } from './columns.ts';
import type { Signal } from './signal.ts';

/** What a scored series measures. */
export type Measure =
  | 'value'
  | 'rate'
  | 'mean'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'error_ratio'
  | 'template_rate'
  | 'severity_rate'
  | 'new_template'
  | 'silence'
  | 'signal_loss'
  | 'late_delivery'
  | 'self_time'
  | 'network_time'
  | 'days_left'
  | 'error_type_ratio'
  | 'error_trickle'
  | 'new_edge'
  | 'lost_edge'
  | 'vanished'
  | 'stuck'
  | 'severity_share'
  | 'lines_per_call'
  | 'odd_trace_share'
  | 'peer_outlier'
  | 'peer_rate'
  | 'peer_error_ratio'
  | 'place_event';

/** One stream of numbers that is scored. Plain strings, made once per series. */
export interface Series {
  /** 16 hex digits, stable over restarts. */
  readonly id: string;
  readonly tenant: string;
  readonly signal: Signal;
  readonly measure: Measure;
  readonly service: string;
  readonly namespace: string;
  readonly environment: string;
  /** Metric as the sender names it, for metrics. */
  readonly metric?: string;
  readonly unit?: string;
  /** Kind of the metric's points, for metrics; tells how a store in Prometheus form names it. */
  readonly pointKind?: PointKind;
  /** Span name or route, for spans. */
  readonly operation?: string;
  /** Callee of an edge, for spans. */
  readonly peer?: string;
  /** Masked log template, and its severity. */
  readonly template?: string;
  readonly severity?: string;
  /** Point attributes that tell series of one metric apart. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** One closed bucket of one series with what the detectors made of it. */
export interface ScoredBucket {
  readonly series: Series;
  /** End of the bucket, event time, milliseconds since the epoch. */
  readonly timeMs: number;
  readonly stepMs: number;
  readonly value: number;
  /** >= 0; 1 is the notice border. */
  readonly score: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  readonly exampleTraceIds: readonly string[];
  /** Estimated from sampled spans: no objective may count it (design rule 8). */
  readonly sampled?: true;
}

export type Direction = 'up' | 'down';
export type Border = 'notice' | 'page';

/** Why a detector spoke: its name, its own surprise, and whether it agreed with the verdict. */
export interface Reason {
  readonly detector: string;
  readonly score: number;
  readonly agreed: boolean;
  readonly text: string;
}

/** What raised (above 1) or lowered the score beside the word of the detectors. */
export interface Factor {
  readonly name: string;
  readonly factor: number;
  readonly text: string;
}

/** An earlier finding on the same series. */
export interface EarlierFinding {
  readonly id: string;
  readonly startMs: number;
  readonly border: Border;
}

/** A finding: one event on one series, from its first odd bucket to its last. */
export interface Anomaly {
  /** 32 hex digits: the finding id, also the trace id of the finding's span. */
  readonly id: string;
  readonly series: Series;
  readonly state: 'open' | 'closed';
  readonly border: Border;
  readonly startMs: number;
  readonly peakMs: number;
  /** End of the last odd bucket so far. */
  readonly endMs: number;
  readonly stepMs: number;
  readonly observed: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  readonly peakScore: number;
  readonly direction: Direction;
  readonly reasons: readonly Reason[];
  /** Distance from the expected value at the peak, in distances of the band's end on that side. */
  readonly effectSize?: number;
  readonly factors?: readonly Factor[];
  readonly earlier?: EarlierFinding;
  /** Why it has its score, in one sentence. */
  readonly explanation?: string;
  readonly exampleTraceIds: readonly string[];
  /** Masked (design rule 9). */
  readonly exampleLines: readonly string[];
  readonly detectorVersion: string;
  /** One plain sentence: what, how much, what was expected. Masked. */
  readonly sentence: string;
  /** When the sidecar raised it, wall clock. */
  readonly detectedAtMs: number;
}

export type AnomalyEvent =
  | { readonly kind: 'opened'; readonly anomaly: Anomaly }
  | { readonly kind: 'updated'; readonly anomaly: Anomaly }
  | { readonly kind: 'closed'; readonly anomaly: Anomaly };

/** A deploy, configuration or flag change. */
export interface Change {
  readonly id: string;
  readonly tenant: string;
  readonly kind: 'deploy' | 'configuration' | 'flag';
  readonly service: string;
  readonly environment: string;
  readonly timeMs: number;
  readonly from: string;
  readonly to: string;
  /** Where it was seen: `resource` (attributes) or the name of the poster. */
  readonly source: string;
}
