import type { FaultKind } from '../../model/drill.ts';

/** Faults in copies of live series. */
export interface DrillOptions {
  readonly enabled: boolean;
  readonly kinds: readonly FaultKind[];
  /** Drills at the same time. */
  readonly atOnce: number;
  /** How far values go, as many times as the end of the band around what is expected. */
  readonly size: number;
  /** Steps after which a fault that was not found is missed. */
  readonly steps: number;
  /** Newest drills of a kind that recall and delay are of. */
  readonly window: number;
}
