import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import { noiseFloor, noPrediction, type Detector, type Lasting, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';
import { MEMORY_STEPS } from './followed-level.ts';

/** Where the series was a moment ago. */
const RATE = 0.3;
/** Steps over which moves are averaged. */
const STEPS = 24;
const SHARE = 2 / (STEPS + 1);
/** Moves below this share of the usual one are alike. */
const STILL = 0.02;
/** Standard deviation of the logarithm of a normal value's size. */
const LOG_NORMAL_SIZE = 1.11;
/** What the average has where moves are independent. */
const WHITE = LOG_NORMAL_SIZE * Math.sqrt(SHARE / (2 - SHARE));

/**
 * How much larger the moves of the last steps are than usual, as a mean of logarithms, so that one large move among small
 * ones says little and many fairly large ones say much. In usual deviations of such a mean. Only a rise is told: a series
 * that falls quiet is the matter of silence.
 */
class Restless implements Scorer {
  readonly state: SeriesState;
  readonly predict = noPrediction;
  readonly bound = noPrediction;
  private readonly centre: Float64Array;
  private readonly size: Float32Array;
  private readonly usual: Float32Array;
  private readonly recent: Float32Array;
  private readonly seen: Uint16Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.centre = this.state.float64();
    this.size = this.state.float32();
    this.usual = this.state.float32();
    this.recent = this.state.float32();
    this.seen = this.state.uint16();
  }

  start(slot: number, levels: Float32Array): void {
    let centre = levels[0] ?? 0;
    const moves = levels.map((level) => {
      const move = Math.abs(level - centre);
      centre += RATE * (level - centre);
      return move;
    });
    const size = moves.reduce((sum, move) => sum + move, 0) / Math.max(1, moves.length);
    this.centre[slot] = centre;
    this.size[slot] = size;
    if (size === 0) return;
    const mean = moves.reduce((sum, move) => sum + Math.log(move / size + STILL), 0) / moves.length;
    this.usual[slot] = mean;
    this.recent[slot] = mean;
    this.seen[slot] = levels.length;
  }

  score(slot: number, step: Step): number {
    const move = step.direction * (step.level - (this.centre[slot] as number));
    const above = this.next(slot, this.sizeOf(slot, step, Math.max(0, move))) - (this.usual[slot] as number);
    return Math.max(0, above) / WHITE;
  }

  learn(slot: number, step: Step, trust: number): void {
    const distance = step.level - (this.centre[slot] as number);
    const move = Math.abs(distance);
    const size = this.sizeOf(slot, step, move);
    this.recent[slot] = this.next(slot, size);
    this.centre[slot] = (this.centre[slot] as number) + RATE * distance;
    const seen = Math.min(MEMORY_STEPS, (this.seen[slot] as number) + 1);
    this.seen[slot] = seen;
    const rate = trust / seen;
    this.usual[slot] = (this.usual[slot] as number) + rate * (size - (this.usual[slot] as number));
  }

  rest(slot: number): void {
    this.recent[slot] = Math.min(this.recent[slot] as number, this.usual[slot] as number);
  }

  absorb(slot: number, _step: Step, { level }: Lasting): void {
    this.centre[slot] = level;
    this.usual[slot] = this.recent[slot] as number;
  }

  private next(slot: number, size: number): number {
    const recent = this.recent[slot] as number;
    return recent + SHARE * (size - recent);
  }

  /** Logarithm of a move, in the moves of the learning steps; noise that is always believed counts as still. */
  private sizeOf(slot: number, step: Step, move: number): number {
    const floor = noiseFloor(step, this.centre[slot] as number);
    const unit = Math.max(this.size[slot] as number, floor, Number.MIN_VALUE);
    return Math.log(Math.max(move, floor) / unit + STILL);
  }
}

export const restlessness: Detector = {
  name: 'restlessness',
  version: 1,
  question: 'spread',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  create: (capacity) => new Restless(capacity),
  describe: (score) =>
    `its moves in the last ${STEPS} steps are ${score.toFixed(1)} usual deviations larger than usual`,
};
