import type { Measure } from '../model/anomaly.ts';
import type { Signal } from '../model/signal.ts';

/**
 * A subject is what telemetry is added up for: a metric of a service, an operation, an edge, a severity, a template, or
 * the mere presence of a service in a signal. Each of its measures is a series.
 */
interface SubjectKind {
  readonly signal: Signal | 'any';
  readonly measures: readonly Measure[];
  /** A bucket without items counts as zero while the service itself is there. */
  readonly counts: boolean;
  /** Made of spans and records beside what they are counted for: durations, or shares and ratios. */
  readonly made?: 'times' | 'share';
  /** Made when a watch was surprised; there is nothing to learn first. */
  readonly event?: true;
}

const kinds = {
  free: { signal: 'any', measures: [], counts: false },
  gauge: { signal: 'metrics', measures: ['value'], counts: false },
  sum: { signal: 'metrics', measures: ['rate'], counts: false },
  histogram: { signal: 'metrics', measures: ['rate', 'mean', 'p95'], counts: false },
  summary: { signal: 'metrics', measures: ['rate', 'mean', 'p95'], counts: false },
  calls: { signal: 'traces', measures: ['rate', 'error_ratio', 'p50', 'p95', 'p99'], counts: true },
  severity: { signal: 'logs', measures: ['severity_rate'], counts: true },
  template: { signal: 'logs', measures: ['template_rate'], counts: true },
  presence: { signal: 'any', measures: ['silence'], counts: false },
  late: { signal: 'any', measures: ['late_delivery'], counts: false, event: true },
  work: { signal: 'traces', measures: ['self_time'], counts: false, made: 'times' },
  hop: { signal: 'traces', measures: ['network_time'], counts: false, made: 'times' },
  vanished: { signal: 'any', measures: ['vanished'], counts: false, event: true },
  trickle: { signal: 'traces', measures: ['error_trickle'], counts: false, event: true },
  failure: { signal: 'traces', measures: ['error_type_ratio'], counts: false, made: 'share' },
  mix: { signal: 'logs', measures: ['severity_share'], counts: false, made: 'share' },
  chatter: { signal: 'logs', measures: ['lines_per_call'], counts: false, made: 'share' },
  shape: { signal: 'logs', measures: ['odd_trace_share'], counts: false, made: 'share' },
  peer: { signal: 'any', measures: ['peer_outlier'], counts: false, event: true },
  peerRate: { signal: 'metrics', measures: ['peer_rate'], counts: false, event: true },
  peerErrors: { signal: 'traces', measures: ['peer_error_ratio'], counts: false, event: true },
  stuck: { signal: 'metrics', measures: ['stuck'], counts: false, event: true },
} as const satisfies Record<string, SubjectKind>;

export type SubjectKindName = keyof typeof kinds;

/** Order = number of the kind in typed arrays and snapshots; `free` is 0, new ones come last. */
export const subjectKindNames = Object.keys(kinds) as readonly SubjectKindName[];
export const kindTable: readonly SubjectKind[] = subjectKindNames.map((name) => kinds[name]);

export function kindNumber(name: SubjectKindName): number {
  return subjectKindNames.indexOf(name);
}

export const MAX_MEASURES = Math.max(...kindTable.map(({ measures }) => measures.length));
