import { SeriesState } from './state/series-state.ts';

const NOTICE = 1;
/** What a lone odd step counts in steps of ten seconds and shorter; from five minutes on nobody waits for a second one. */
const ALONE = 0.5;
const SHORT_MS = 10_000;
const LONG_MS = 300_000;
/** What was odd of late has to be exceeded by this factor; its height halves in so many steps. */
const CLEARLY_MORE = 1.15;
const FADE = 2 ** (-1 / 40);
const WINDOW = 0b111;

/** Whether at least two of the last three steps are set, a bit each. */
export function isLasting(bits: number): boolean {
  return (bits & (bits - 1) & WINDOW) !== 0;
}

/** The bits with one more step. */
export function pushStep(bits: number, odd: boolean): number {
  return ((bits << 1) | (odd ? 1 : 0)) & WINDOW;
}

/** Least share that a lone odd step counts (more where it goes far, see furthest.ts): chance has fewer tries a day in longer steps, and a second one comes later. */
export function aloneIn(stepMs: number): number {
  const length = Math.min(LONG_MS, Math.max(SHORT_MS, stepMs));
  return ALONE + ((1 - ALONE) * Math.log(length / SHORT_MS)) / Math.log(LONG_MS / SHORT_MS);
}

/**
 * One odd step may be chance; two of three, or one that is far out, start a finding. After an odd stretch only what goes
 * clearly further is news, until some time has passed.
 */
export class Onset {
  readonly state: SeriesState;
  /** Of the last odd stretch, before the step that was taken last. */
  heightBefore = 0;
  private readonly last: Float32Array;
  /** Height of the last odd stretch, fading. */
  private readonly height: Float32Array;
  private readonly strength: Float32Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.last = this.state.float32(2);
    this.height = this.state.float32();
    this.strength = this.state.float32();
  }

  /**
   * How many steps before this one a finding started that is due with this one; -1 when none is. A lone odd step counts the
   * share `alone`; `steps` went by since the one that was taken last.
   */
  take(slot: number, score: number, alone: number, steps = 1): number {
    const judged = Number.isNaN(score) ? 0 : score;
    const before = this.last[2 * slot] as number;
    const earlier = this.last[2 * slot + 1] as number;
    this.last[2 * slot] = judged;
    this.last[2 * slot + 1] = before;
    const reached = Math.max(alone * judged, Math.min(judged, Math.max(before, earlier)));
    const height = FADE ** steps * (this.height[slot] as number);
    this.heightBefore = height;
    this.height[slot] = reached >= NOTICE ? Math.max(height, reached) : height;
    const strength = reached >= CLEARLY_MORE * height ? reached : 0;
    this.strength[slot] = strength;
    if (strength < NOTICE) return -1;
    if (earlier >= NOTICE) return 2;
    return before >= NOTICE ? 1 : 0;
  }

  /** The finding was not started: the next step may start it. */
  rearm(slot: number, height: number): void {
    this.height[slot] = height;
  }

  /** How far the last step went towards starting a finding: from 1 on it did. Never lower for a higher score. */
  strengthOf(slot: number): number {
    return this.strength[slot] as number;
  }
}
