import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import { noPrediction, type Detector, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';

const STEPS = 24;
const SHARE = 2 / (STEPS + 1);
/** What an average of white noise of deviation 1 has. */
const WHITE = Math.sqrt(SHARE / (2 - SHARE));
/** One step counts for at most this many spreads: what lasts is asked for. */
const CLIP = 4;

/**
 * Distance from what the season expects, averaged over some steps, in spreads of such an average of independent values: hours that are a
 * little odd one after the other. One to the other side that is not over yet counts too, whatever the present value is.
 */
class SeasonalDrift implements Scorer {
  readonly state: SeriesState;
  readonly predict = noPrediction;
  readonly bound = noPrediction;
  private readonly average: Float32Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.average = this.state.float32();
  }

  start(): void {
    // It starts with the season.
  }

  score(slot: number, step: Step): number {
    if (Number.isNaN(step.season)) return NaN;
    const side = step.season < 0 ? -1 : 1;
    const behind = -side * (1 - SHARE) * (this.average[slot] as number);
    return Math.max(0, behind, side * this.next(slot, step)) / WHITE;
  }

  learn(slot: number, step: Step): void {
    this.average[slot] = this.next(slot, step);
  }

  rest(slot: number): void {
    this.average[slot] = 0;
  }

  absorb(slot: number): void {
    this.average[slot] = 0;
  }

  private next(slot: number, step: Step): number {
    const average = this.average[slot] as number;
    const distance = Number.isNaN(step.season) ? 0 : Math.max(-CLIP, Math.min(CLIP, step.season));
    return average + SHARE * (distance - average);
  }
}

export const seasonalDrift: Detector = {
  name: 'seasonal drift',
  version: 1,
  question: 'level',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  seasonal: true,
  create: (capacity) => new SeasonalDrift(capacity),
  describe: (score) =>
    `its last ${STEPS} steps together are ${score.toFixed(1)} usual spreads from what is usual at this time`,
};
