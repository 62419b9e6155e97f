import type { Sighting } from './sighting.ts';

/** A fault that was put in, and what counts as having found it. */
export interface FaultLabel {
  readonly kind: string;
  /** In `unit`. */
  readonly magnitude: number;
  readonly unit: string;
  readonly service: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Step in which its series are sent (metrics) or scored (spans, log records). */
  readonly stepMs: number;
  /** Whether a finding inside the fault's time is on the right series and of the right direction. */
  isFound(sighting: Sighting): boolean;
  /** Whether it truly reaches this series as well, so that a finding there is neither a hit nor false. */
  reaches?(sighting: Sighting): boolean;
}

/** A stretch of generated telemetry: who took part in it, what was wrong, and from when on findings are judged. */
export interface Labelled {
  readonly labels: readonly FaultLabel[];
  /** Kind of fault by service: findings on it that no label explains are false alarms of that kind. */
  readonly kindOf: ReadonlyMap<string, string>;
  readonly judgedFromMs: number;
}
