import type { Signal } from '../../model/signal.ts';

/** One recorded export request. */
export interface Telemetry {
  readonly signal: Signal;
  /** An Export…ServiceRequest. */
  readonly protobuf: Uint8Array;
}

/** Recorded requests in the order in which they were recorded; one at a time is in memory. */
export type Recording = AsyncIterable<Telemetry>;
