import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import type { Detector, Lasting, Step } from '../scorer.ts';
import { FollowedLevel } from './followed-level.ts';

/** One value counts for at most this many spreads: what lasts is asked for. */
const CLIP = 4;

/**
 * Distance from the usual level, averaged over some steps, in usual spreads of such an average of independent values.
 * A deviation that no single value would give away adds up here. One to the other side that is not over yet counts too,
 * whatever the present value is.
 */
class SustainedDeviation extends FollowedLevel {
  private readonly share: number;
  /** What an average of white noise of deviation 1 has. */
  private readonly white: number;
  private readonly average: Float32Array;

  constructor(capacity: number, steps: number) {
    super(capacity);
    this.share = 2 / (steps + 1);
    this.white = Math.sqrt(this.share / (2 - this.share));
    this.average = this.state.float32();
  }

  override predict(): number {
    return NaN;
  }

  override bound(): number {
    return NaN;
  }

  override score(slot: number, step: Step): number {
    const behind = -step.direction * (1 - this.share) * (this.average[slot] as number);
    return Math.max(0, behind, step.direction * this.next(slot, step)) / this.white;
  }

  override learn(slot: number, step: Step, trust: number): void {
    this.average[slot] = this.next(slot, step);
    super.learn(slot, step, trust);
  }

  rest(slot: number): void {
    this.average[slot] = 0;
  }

  override absorb(slot: number, step: Step, lasting: Lasting): void {
    super.absorb(slot, step, lasting);
    this.average[slot] = 0;
  }

  private next(slot: number, step: Step): number {
    const average = this.average[slot] as number;
    return average + this.share * (this.distance(slot, step, CLIP) - average);
  }
}

function sustained(steps: number): Detector {
  return {
    name: `sustained deviation of ${steps}`,
    version: 1,
    question: 'level',
    measures: numericMeasures,
    speaksWhileLearning: false,
    prior: studentPrior,
    create: (capacity) => new SustainedDeviation(capacity, steps),
    describe: (score) => `its last ${steps} steps together are ${score.toFixed(1)} usual spreads from its usual level`,
  };
}

export const briefDeviation = sustained(6);
export const longDeviation = sustained(24);
