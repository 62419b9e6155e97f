import { plainPrior } from '../priors.ts';
import { noPrediction, type Detector, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';

/** Steps fade with this share: a source that became rare is judged as a rare one after some 500 steps. */
const FADE = 1 / 500;

/**
 * How surprising so many steps without any data would be, given how often steps of this source are empty: missed steps
 * times -log10 of the share of empty ones. `step.value` counts the steps missed in a row (0: there were data); what runs
 * of empty steps this source has had before is in its tail model. A run is learned when it is over (`step.detail`).
 */
class Silence implements Scorer {
  readonly state: SeriesState;
  readonly predict = noPrediction;
  readonly bound = noPrediction;
  private readonly empty: Float32Array;
  private readonly all: Float32Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.empty = this.state.float32();
    this.all = this.state.float32();
  }

  start(): void {
    // Counted from the first step on; see `learn`.
  }

  score(slot: number, step: Step): number {
    const chance = ((this.empty[slot] as number) + 1) / ((this.all[slot] as number) + 2);
    return -step.value * Math.log10(chance);
  }

  learn(slot: number, step: Step): void {
    if (step.value > 0) return;
    this.empty[slot] = (this.empty[slot] as number) * (1 - FADE) + step.detail;
    this.all[slot] = (this.all[slot] as number) * (1 - FADE) + step.detail + 1;
  }

  absorb(slot: number): void {
    this.empty[slot] = this.all[slot] as number;
  }
}

export const silence: Detector = {
  name: 'silence',
  version: 1,
  question: 'events',
  measures: ['silence'],
  speaksWhileLearning: false,
  prior: plainPrior,
  create: (capacity) => new Silence(capacity),
  describe: (score) => `so long without data: chance 10^-${score.toFixed(1)}, given how often it pauses`,
};
