import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Injection } from '../director/injection.ts';

export interface Delay {
  /** Steps of the series from the injection to the bucket whose closing raised the finding; 1 is the earliest possible. */
  readonly buckets: number;
  /** From the injection until Sentinel raised it, by the clock: flushing, lateness and computing included. */
  readonly ms: number;
}

/** `anomaly` as it was when it was opened: its end is then the end of the bucket that raised it. */
export function delayOf(anomaly: Anomaly, injection: Injection): Delay {
  return {
    buckets: Math.max(1, Math.ceil((anomaly.endMs - injection.startMs) / Math.max(1, anomaly.stepMs))),
    ms: anomaly.detectedAtMs - injection.startMs,
  };
}
