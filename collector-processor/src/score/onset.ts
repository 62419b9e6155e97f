import { SeriesState } from './state/series-state.ts';

const NOTICE = 1;
/** A score that needs no second odd step. */
const CERTAIN = 2;
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
  private readonly recent: Uint8Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.recent = this.state.uint8();
  }

  /** How many steps before this one a finding started that is due with this one; -1 when none is. */
  take(slot: number, score: number): number {
    const odd = score >= NOTICE;
    const recent = pushStep(this.recent[slot] as number, odd);
    this.recent[slot] = recent;
    if (!odd || !(score >= CERTAIN || isLasting(recent))) return -1;
    return 31 - Math.clz32(recent);
  }
}
