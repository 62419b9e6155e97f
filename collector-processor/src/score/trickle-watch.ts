import { SeriesState } from './state/series-state.ts';
import { surpriseOfShare } from './traces/failure-share.ts';

/** Failures come in clusters: chance is believed to be this much kinder than independent failures. */
const CAUTION = 2.5;
const BLOCKS = 12;
/** Blocks that must have a failure. */
const SPREAD = 3;
/** With blocks of half an hour the past fades in a week. */
const FADE = 1 - 1 / 336;

export interface Trickle {
  /** Failures and calls of late, and the usual share of failures before. */
  readonly failures: number;
  readonly calls: number;
  readonly usual: number;
  readonly surprise: number;
}

/**
 * Failures too seldom to be seen in a step: their share over the last hours against the share of all the time before.
 * Blocks of time are added up in a ring; what falls out of it goes to the past, which fades. Surprise is Chernoff's bound,
 * as for the failures of a step.
 */
export class TrickleWatch {
  readonly state: SeriesState;
  private readonly calls: Float32Array;
  private readonly failures: Float32Array;
  private readonly block: Float64Array;
  private readonly pastCalls: Float64Array;
  private readonly pastFailures: Float64Array;
  /** Length of a block. */
  readonly blockMs: number;

  /** `windowMs`: what "of late" is. */
  constructor(capacity: number, windowMs: number) {
    this.state = new SeriesState(capacity);
    this.calls = this.state.float32(BLOCKS);
    this.failures = this.state.float32(BLOCKS);
    this.block = this.state.float64();
    this.pastCalls = this.state.float64();
    this.pastFailures = this.state.float64();
    this.blockMs = windowMs / BLOCKS;
  }

  /** Adds a step; undefined while there is no past, or fewer than `fewest` failures. */
  add(subject: number, timeMs: number, calls: number, failures: number, fewest: number): Trickle | undefined {
    const now = Math.floor(timeMs / this.blockMs);
    this.moveTo(subject, now);
    const at = subject * BLOCKS + (now % BLOCKS);
    this.calls[at] = (this.calls[at] as number) + calls;
    this.failures[at] = (this.failures[at] as number) + failures;
    const past = this.pastCalls[subject] as number;
    let lateCalls = 0;
    let lateFailures = 0;
    let spread = 0;
    for (let i = subject * BLOCKS; i < (subject + 1) * BLOCKS; i++) {
      lateCalls += this.calls[i] as number;
      lateFailures += this.failures[i] as number;
      if (this.failures[i] !== 0) spread++;
    }
    // A burst is another matter, and so is what has no past to be compared with.
    if (lateFailures < fewest || spread < SPREAD || past < lateCalls) return undefined;
    const usual = ((this.pastFailures[subject] as number) + 0.5) / (past + 1);
    const surprise = surpriseOfShare(lateFailures / lateCalls, lateCalls, usual) / CAUTION;
    return { failures: lateFailures, calls: lateCalls, usual, surprise };
  }

  /** Blocks that are over go to the past; those that were jumped are empty. */
  private moveTo(subject: number, now: number): void {
    const before = this.block[subject] as number;
    this.block[subject] = now;
    if (before === 0) return;
    for (let block = before + 1; block <= Math.min(now, before + BLOCKS); block++) {
      const at = subject * BLOCKS + (block % BLOCKS);
      this.pastCalls[subject] = FADE * (this.pastCalls[subject] as number) + (this.calls[at] as number);
      this.pastFailures[subject] = FADE * (this.pastFailures[subject] as number) + (this.failures[at] as number);
      this.calls[at] = 0;
      this.failures[at] = 0;
    }
  }
}
