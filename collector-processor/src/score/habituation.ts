import { SeriesState } from './state/series-state.ts';

const REMEMBERED = 8;
/** Time after which an event counts for 1/e: a little more than a day. */
const FADE_MS = 3e8;
/** Past events count against one that is not clearly larger. */
const ALIKE = 0.7;

/** So many events alike in a day halve the score of the next one. */
const HALVING = 3;

/**
 * Events that come again and again (cron jobs, nightly batches) stop being news; a larger one still is, and so are two or
 * three in a day. The last eight events of a series are kept with how far they went; the score is divided by
 * 1 + (how many alike, faded by age, over 3)².
 */
export class Habituation {
  readonly state: SeriesState;
  private readonly heights: Float32Array;
  private readonly times: Float64Array;
  private readonly next: Uint8Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.heights = this.state.float32(REMEMBERED);
    this.times = this.state.float64(REMEMBERED);
    this.next = this.state.uint8();
  }

  /** What to multiply a score with; never smaller for a higher one. */
  factor(slot: number, height: number, timeMs: number): number {
    let alike = 0;
    for (let i = slot * REMEMBERED; i < (slot + 1) * REMEMBERED; i++) {
      const past = this.heights[i] as number;
      if (past > 0 && past >= ALIKE * height)
        alike += Math.exp(-Math.max(0, timeMs - (this.times[i] as number)) / FADE_MS);
    }
    return 1 / (1 + (alike / HALVING) ** 2);
  }

  remember(slot: number, height: number, timeMs: number): void {
    const next = this.next[slot] as number;
    const at = slot * REMEMBERED + next;
    this.heights[at] = height;
    this.times[at] = timeMs;
    this.next[slot] = (next + 1) % REMEMBERED;
  }
}
