import type { Drills } from '../../../collector-processor/src/contract/drill.ts';
import { readApi } from './client';

export type { Drills };
export type DrillKind = Drills['kinds'][number];
export type MissedDrill = Drills['missed'][number];

/** What became of faults that were rehearsed in copies of live series. */
export function readDrills(abortSignal?: AbortSignal): Promise<Drills> {
  return readApi<Drills>('/drills', {}, abortSignal);
}
