import { plainPrior } from './priors.ts';
import { noPrediction, type Detector, type Scorer, type Step } from './scorer.ts';
import { SeriesState } from './state/series-state.ts';

/** The surprise of a watch as it is (`step.detail`): the watch has learned what is usual, the series never does. */
class EventSurprise implements Scorer {
  readonly state: SeriesState;
  readonly predict = noPrediction;
  readonly bound = noPrediction;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
  }

  start(): void {
    // Learned by the watch.
  }

  score(_slot: number, step: Step): number {
    return step.detail;
  }

  learn(): void {
    // Learned by the watch.
  }

  absorb(): void {
    // Learned by the watch.
  }
}

export const eventSurprise: Detector = {
  name: 'event',
  version: 1,
  question: 'events',
  measures: ['late_delivery', 'vanished', 'stuck', 'error_trickle', 'peer_outlier', 'peer_rate', 'peer_error_ratio'],
  speaksWhileLearning: true,
  prior: plainPrior,
  create: (capacity) => new EventSurprise(capacity),
  describe: (score) => `chance 10^-${score.toFixed(1)}, given what is usual here`,
};
