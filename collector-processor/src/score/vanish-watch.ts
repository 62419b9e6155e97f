import { SeriesState } from './state/series-state.ts';

/** Pauses that must be known before one can be too long, and the most that count: the past is no proof beyond that. */
const FEWEST_PAUSES = 30;
const MOST_PAUSES = 300;
/** The longest pause fades with each further one. */
const FADE = 0.999;
/** Pauses come in runs and are many: chance is believed to be this much kinder than the model. */
const CAUTION = 2.5;
/** A pause of so many times the longest is the end: it has to be learned anew. */
const GIVEN_UP = 40;

export interface Pause {
  /** Steps since it was last seen, and the most that were between two. */
  readonly steps: number;
  readonly longest: number;
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

  /** It came in this step, among `items` of its service. */
  seen(subject: number, items: number): void {
    const pauses = this.pauses[subject] as number;
    this.pass(subject, items);
    // Before it was seen for the first time there is no pause.
    if (pauses > 0 || (this.known[subject] as number) > 1) {
      this.longestSteps[subject] = longer(this.longestSteps, this.steps, subject);
      this.longestItems[subject] = longer(this.longestItems, this.items, subject);
      this.pauses[subject] = Math.min(MOST_PAUSES, pauses + 1);
    }
    this.steps[subject] = 0;
    this.items[subject] = 0;
  }

  /** It did not come among `items`; undefined while that says nothing. */
  missed(subject: number, items: number): Pause | undefined {
    this.pass(subject, items);
    const pauses = this.pauses[subject] as number;
    if (pauses < FEWEST_PAUSES || (this.known[subject] as number) < this.fewestSteps) return undefined;
    const steps = this.steps[subject] as number;
    const longest = this.longestSteps[subject] as number;
    const times = Math.min(steps / longest, (this.items[subject] as number) / (this.longestItems[subject] as number));
    if (times > GIVEN_UP) {
      this.state.clear(subject);
      return undefined;
    }
    return { steps, longest, surprise: (times * Math.log10(pauses + 1)) / CAUTION };
  }

  forget(subject: number): void {
    this.state.clear(subject);
  }

  private pass(subject: number, items: number): void {
    this.steps[subject] = (this.steps[subject] as number) + 1;
    this.items[subject] = (this.items[subject] as number) + items;
    this.known[subject] = (this.known[subject] as number) + 1;
  }
}

function longer(longest: Float32Array, last: Float32Array, subject: number): number {
  return Math.max(1, last[subject] as number, FADE * (longest[subject] as number));
}
