import type { Anomaly } from '../../src/contract/anomaly.ts';

/** An anomaly as it was when the demo first heard of it, and the highest border that it has crossed since. */
export interface Finding {
  readonly anomaly: Anomaly;
  readonly border: Anomaly['border'];
}
