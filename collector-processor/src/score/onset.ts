import { SeriesState } from './state/series-state.ts';

const NOTICE = 1;
/** A score that needs no second odd step counts this share. */
const ALONE = 0.5;
const WINDOW = 0b111;

/** Whether at least two of the last three steps are set, a bit each. */
export function isLasting(bits: number): boolean {
  return (bits & (bits - 1) & WINDOW) !== 0;
}

/** The bits with one more step. */
export function pushStep(bits: number, odd: boolean): number {
  return ((bits << 1) | (odd ? 1 : 0)) & WINDOW;
}

/** One odd step may be chance; two of three, or one that is far out, start a finding. */
export class Onset {
  readonly state: SeriesState;
  private readonly last: Float32Array;
  private readonly strength: Float32Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.last = this.state.float32(2);
    this.strength = this.state.float32();
  }

  /** How many steps before this one a finding started that is due with this one; -1 when none is. */
  take(slot: number, score: number): number {
    const judged = Number.isNaN(score) ? 0 : score;
    const before = this.last[2 * slot] as number;
    const earlier = this.last[2 * slot + 1] as number;
    this.last[2 * slot] = judged;
    this.last[2 * slot + 1] = before;
    const strength = Math.max(ALONE * judged, Math.min(judged, Math.max(before, earlier)));
    this.strength[slot] = strength;
    if (strength < NOTICE) return -1;
    if (earlier >= NOTICE) return 2;
    return before >= NOTICE ? 1 : 0;
  }

  /** How far the last step went towards starting a finding: from 1 on it did. Never lower for a higher score. */
  strengthOf(slot: number): number {
    return this.strength[slot] as number;
  }
}
