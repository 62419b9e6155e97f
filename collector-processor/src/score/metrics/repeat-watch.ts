import { SeriesState } from '../state/series-state.ts';

/** Runs that must be known before one can be too long, and the most that count: the past is no proof beyond that. */
const FEWEST_RUNS = 30;
const MOST_RUNS = 300;
/** What the longest run keeps of its length for each further value: some weeks of steps of 10 s. */
const KEPT = 1 - 1 / 100_000;
/** One that was told counts for at most so many times the longest before: what comes once is news again, what comes thrice is usual. */
const MOST_LONGER = 4;
/** Runs hang together: chance is believed to be this much kinder than the model. */
const CAUTION = 2.5;
/** Shorter runs are told of nobody. */
const LEAST = 10;
const MOST_EQUAL = 65_535;
/** Longest run of one that was forgotten, until the run that it was in is over. */
const LEFTOVER = -1;

/** A value that is repeated. */
export interface Repeat {
  /** How often it came in a row. */
  readonly times: number;
  readonly surprise: number;
}

/**
 * A series that usually moves and then repeats one value exactly: a sensor, a cache or an exporter that hangs. A run of equal
 * values that is longer than all of `n` before has a chance of 1/(n+1), and one `c` times as long about n^-c where runs are
 * exponential. At the lowest and the highest value so far it is a rest, or full: a matter of its level. So is zero.
 */
export class RepeatWatch {
  readonly state: SeriesState;
  private readonly last: Float64Array;
  private readonly low: Float32Array;
  private readonly high: Float32Array;
  private readonly longest: Float32Array;
  private readonly times: Uint16Array;
  private readonly runs: Uint16Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.last = this.state.float64();
    this.low = this.state.float32();
    this.high = this.state.float32();
    this.longest = this.state.float32();
    this.times = this.state.uint16();
    this.runs = this.state.uint16();
  }

  /** The next value; undefined while it says nothing. `wasTold`: the run that may be over was news. */
  add(subject: number, value: number, wasTold = false): Repeat | undefined {
    const times = this.times[subject] as number;
    this.longest[subject] = KEPT * (this.longest[subject] as number);
    if (times === 0 || value !== this.last[subject]) {
      this.turn(subject, value, wasTold);
      return undefined;
    }
    this.times[subject] = Math.min(MOST_EQUAL, times + 1);
    const runs = this.runs[subject] as number;
    if (runs < FEWEST_RUNS || times < LEAST || this.isAtRest(subject)) return undefined;
    const longer = (times + 1) / Math.max(1, this.longest[subject]);
    return { times: times + 1, surprise: (longer * Math.log10(runs + 1)) / CAUTION };
  }

  /** It has to be learned anew; the run that it is in is not over, and no measure of others. */
  forget(subject: number): void {
    this.state.clear(subject);
    this.longest[subject] = LEFTOVER;
  }

  /** A run is over, another value has come. */
  private turn(subject: number, value: number, wasTold: boolean): void {
    const times = this.times[subject] as number;
    const longest = this.longest[subject] as number;
    const isLeftover = longest < 0;
    const counted = wasTold ? Math.min(times, MOST_LONGER * Math.max(1, longest)) : times;
    if (times > 0) this.longest[subject] = isLeftover ? 0 : Math.max(longest, counted);
    this.runs[subject] = Math.min(MOST_RUNS, (this.runs[subject] as number) + (times === 0 || isLeftover ? 0 : 1));
    this.last[subject] = value;
    this.times[subject] = 1;
    if (times === 0 || value < (this.low[subject] as number)) this.low[subject] = value;
    if (times === 0 || value > (this.high[subject] as number)) this.high[subject] = value;
  }

  private isAtRest(subject: number): boolean {
    const value = Math.fround(this.last[subject] as number);
    return value === 0 || value === this.low[subject] || value === this.high[subject];
  }
}
