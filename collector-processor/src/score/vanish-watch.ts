import { SeriesState } from './state/series-state.ts';

/** Pauses that must be known before one can be too long, and the most that count: the past is no proof beyond that. */
const FEWEST_PAUSES = 30;
const MOST_PAUSES = 300;
/** What the longest pause keeps of its length for each further step: some weeks of steps of 10 s. */
const KEPT = 1 - 1 / 100_000;
/** One that was told counts for at most so many times the longest before: what happens once is news again, what happens thrice is usual. */
const MOST_LONGER = 4;
/** Pauses come in runs and are many: chance is believed to be this much kinder than the model. */
const CAUTION = 2.5;
export interface Pause {
  /** Steps since it was last seen, and the most that were between two. */
  readonly steps: number;
  readonly longest: number;
  /** How many times the longest. */
  readonly times: number;
  readonly surprise: number;
}

/**
 * What always came and stops: a kind of line, a call, an operation. A pause that is longer than all of `n` before has a
 * chance of 1/(n+1), and one `c` times as long about n^-c where pauses are exponential. It is counted in steps and in
 * items of the service (records, spans), and the smaller `c` counts: at night what goes with traffic comes seldom in steps, by
 * day what goes by the clock comes seldom in items.
 */
export class VanishWatch {
  readonly state: SeriesState;
  private readonly steps: Float32Array;
  private readonly items: Float32Array;
  private readonly longestSteps: Float32Array;
  private readonly longestItems: Float32Array;
  private readonly pauses: Uint16Array;
  private readonly known: Float32Array;
  private readonly fewestSteps: number;

  /** `fewestSteps`: how long it must have been known to have come "always". */
  constructor(capacity: number, fewestSteps: number) {
    this.fewestSteps = fewestSteps;
    this.state = new SeriesState(capacity);
    this.steps = this.state.float32();
    this.items = this.state.float32();
    this.longestSteps = this.state.float32();
    this.longestItems = this.state.float32();
    this.pauses = this.state.uint16();
    this.known = this.state.float32();
  }

  /** It came in this step, among `items` of its service; `wasTold`: as the end of a pause that was news. */
  seen(subject: number, items: number, wasTold = false): void {
    const pauses = this.pauses[subject] as number;
    this.pass(subject, items);
    // Before it was seen for the first time there is no pause.
    if (!Number.isNaN(this.steps[subject]) && (pauses > 0 || (this.known[subject] as number) > 1)) {
      const kept = KEPT ** (this.steps[subject] as number);
      const most = wasTold ? MOST_LONGER : Infinity;
      this.longestSteps[subject] = longer(this.longestSteps[subject], this.steps[subject], kept, most);
      this.longestItems[subject] = longer(this.longestItems[subject], this.items[subject], kept, most);
      this.pauses[subject] = Math.min(MOST_PAUSES, pauses + 1);
    }
    this.steps[subject] = 0;
    this.items[subject] = 0;
  }

  /** It did not come among `items`; undefined while that says nothing. */
  missed(subject: number, items: number): Pause | undefined {
    this.pass(subject, items);
    const pauses = this.pauses[subject] as number;
    if (!this.isKnown(subject)) return undefined;
    const steps = this.steps[subject] as number;
    const longest = this.longestSteps[subject] as number;
    const times = Math.min(steps / longest, (this.items[subject] as number) / (this.longestItems[subject] as number));
    return { steps, longest, times, surprise: (times * Math.log10(pauses + 1)) / CAUTION };
  }

  /** Whether before this pause it was seen so often, and for so long, that it came "always". */
  private isKnown(subject: number): boolean {
    const steps = (this.known[subject] as number) - (this.steps[subject] as number);
    return (this.pauses[subject] as number) >= FEWEST_PAUSES && steps >= this.fewestSteps;
  }

  /** It has to be learned anew; the pause that it is in is not over, and no measure of others. */
  forget(subject: number): void {
    this.state.clear(subject);
    this.steps[subject] = NaN;
  }

  private pass(subject: number, items: number): void {
    this.steps[subject] = (this.steps[subject] as number) + 1;
    this.items[subject] = (this.items[subject] as number) + items;
    this.known[subject] = (this.known[subject] as number) + 1;
  }
}

function longer(longest = 0, last = 0, kept = 1, most = Infinity): number {
  return Math.max(1, Math.min(last, most * Math.max(1, longest)), kept * longest);
}
