import type { Ensemble } from '../ensemble.ts';
import type { Onset } from '../onset.ts';
import type { SlotState } from './slot-state.ts';

/** Where the state of one series is. */
export interface Place {
  readonly ensemble: Ensemble;
  readonly onset: Onset;
  readonly at: number;
}

/** Everything that detectors, tail models, habituation and onset know of a series, into another place. */
export function copyPlace(from: Place, to: Place): void {
  from.ensemble.parts.forEach(({ state }, i) => copyState(state, from.at, to.ensemble.parts[i]?.state, to.at));
  copyState(from.onset.state, from.at, to.onset.state, to.at);
}

function copyState(from: SlotState, at: number, to: SlotState | undefined, slot: number): void {
  const bytes = new Uint8Array(from.bytesPerSeries);
  from.save(at, bytes, 0);
  to?.load(slot, bytes, 0);
}
