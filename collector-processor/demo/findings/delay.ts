import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Injection } from '../director/injection.ts';

export interface Delay {
  /** Whole steps of the series under the fault until the one whose end raised the finding; at least 1. */
  readonly buckets: number;
  /** From the injection until Sentinel raised it, by the clock: flushing, lateness and computing included. */
  readonly ms: number;
}

/** `anomaly` as it was when it was opened: its end is then the end of the bucket that raised it. */
export function delayOf(anomaly: Anomaly, injection: Injection): Delay {
  return {
    buckets: Math.max(1, Math.floor((anomaly.endMs - injection.startMs) / Math.max(1, anomaly.stepMs))),
    ms: anomaly.detectedAtMs - injection.startMs,
  };
}
