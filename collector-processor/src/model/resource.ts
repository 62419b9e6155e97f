/**
 * Who sent the telemetry. One object for each distinct resource (cached by the hash of its bytes), never one per item.
 * Design rule 6: `key` leaves out what changes with a rollout; `member` is what it leaves out.
 */
export interface Resource {
  /** All attributes; values as text (OTLP's JSON form for arrays and maps). */
  readonly attributes: ReadonlyMap<string, string>;
  readonly service: string;
  readonly namespace: string;
  readonly environment: string;
  readonly version: string;
  /** Identity for scoring, stable over restarts and rollouts. */
  readonly key: string;
  /** Identity of this instance inside its peer group; empty when nothing tells instances apart. */
  readonly member: string;
  /** 64-bit hash of `key` and of `key` + `member`, as two unsigned halves each; the input of series hashes. */
  readonly keyHash: Hash64;
  readonly memberHash: Hash64;
}

export interface Hash64 {
  readonly low: number;
  readonly high: number;
}
