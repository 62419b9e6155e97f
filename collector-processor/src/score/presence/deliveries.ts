import { SeriesState } from '../state/series-state.ts';

/** Older telemetry is told as being this old. */
const MAX_AGE_MS = 7 * 24 * 3_600_000;
/** Weight of the newest step; of an odd one less, so that a backlog does not become usual while it lasts. */
const RATE = 0.05;
const ODD_RATE = 0.001;
/** Surprise from which a step is odd. */
const ODD = 2;
/** Noise that is always believed, on the logarithmic scale. */
const LEAST_SPREAD = 0.2;
const MAX_STEPS = 1000;

/**
 * How old telemetry is when it arrives, for each presence: the mean over the requests of a step, compared with what is
 * usual there on a logarithmic scale (level and mean deviation, tails taken for exponential).
 */
export class Deliveries {
  readonly state: SeriesState;
  private readonly total: Float64Array;
  private readonly requests: Uint32Array;
  private readonly tooLate: Uint32Array;
  private readonly level: Float32Array;
  private readonly spread: Float32Array;
  private readonly steps: Uint16Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.level = this.state.float32();
    this.spread = this.state.float32();
    this.steps = this.state.uint16();
    this.total = new Float64Array(capacity);
    this.requests = new Uint32Array(capacity);
    this.tooLate = new Uint32Array(capacity);
  }

  /** `tooLate`: its bucket was closed already, so it could not be scored. */
  add(presence: number, ageMs: number, tooLate: boolean): void {
    const age = Math.min(MAX_AGE_MS, Math.max(0, ageMs));
    this.total[presence] = (this.total[presence] as number) + age;
    this.requests[presence] = (this.requests[presence] as number) + 1;
    if (tooLate) this.tooLate[presence] = (this.tooLate[presence] as number) + 1;
  }

  arrivedTooLate(presence: number): boolean {
    return this.tooLate[presence] !== 0;
  }

  /** In milliseconds, and emptied for the next step; NaN when nothing arrived. */
  takeAge(presence: number): number {
    const age = (this.total[presence] as number) / (this.requests[presence] as number);
    this.total[presence] = 0;
    this.requests[presence] = 0;
    this.tooLate[presence] = 0;
    return age;
  }

  /** In milliseconds; 0 while nothing is known. */
  usual(presence: number): number {
    return Math.expm1(this.level[presence] as number) * 1000;
  }

  /** Steps that are known of it. */
  ageOf(presence: number): number {
    return this.steps[presence] as number;
  }

  /** -log10 of the chance of an age like this. */
  surprise(presence: number, ageMs: number): number {
    const above = Math.log1p(ageMs / 1000) - (this.level[presence] as number);
    const spread = Math.max(LEAST_SPREAD, 1.25 * (this.spread[presence] as number));
    return above > 0 ? (above / spread) * (Math.SQRT2 / Math.LN10) : 0;
  }

  learn(presence: number, ageMs: number): void {
    const steps = this.steps[presence] as number;
    const value = Math.log1p(ageMs / 1000);
    const least = this.surprise(presence, ageMs) < ODD ? RATE : ODD_RATE;
    const rate = steps < 1 / RATE ? Math.max(least, 1 / (steps + 1)) : least;
    const distance = value - (this.level[presence] as number);
    this.level[presence] = (this.level[presence] as number) + rate * distance;
    if (steps > 0) {
      const spread = this.spread[presence] as number;
      this.spread[presence] = spread + rate * (Math.abs(distance) - spread);
    }
    this.steps[presence] = Math.min(MAX_STEPS, steps + 1);
  }
}
