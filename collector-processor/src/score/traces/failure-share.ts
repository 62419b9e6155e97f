import { clusteredPrior } from '../priors.ts';
import type { Detector, Scorer, Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';

/** Events fade with this share of a step: three hours of 10 s. */
const FADE = 1 / 1000;

/**
 * How surprising so many failures among so many events would be if each failed with the usual chance: Chernoff's bound on
 * the binomial tail, n · KL(k/n ‖ p) / ln 10. It needs no estimate of noise, so a service that never failed is judged as
 * well as one that fails now and then, and few events can never surprise much. That failures come in clusters is left to
 * the prior and to the tail model.
 */
class FailureShare implements Scorer {
  readonly state: SeriesState;
  private readonly failures: Float64Array;
  private readonly events: Float64Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.failures = this.state.float64();
    this.events = this.state.float64();
  }

  start(): void {
    // Counted from the first step on; see `learn`.
  }

  score(slot: number, step: Step): number {
    if (step.direction < 0 || step.events === 0) return 0;
    return surpriseOfShare(step.failures / step.events, step.events, this.predict(slot));
  }

  /** Usual chance of a failure, with half a failure added: nothing seen yet does not mean never. */
  predict(slot: number): number {
    return ((this.failures[slot] as number) + 0.5) / ((this.events[slot] as number) + 1);
  }

  bound(slot: number, step: Step, score: number, direction: 1 | -1): number {
    const usual = this.predict(slot);
    if (direction < 0) return 0;
    let low = usual;
    let high = 1;
    for (let i = 0; i < 20; i++) {
      const middle = (low + high) / 2;
      if (surpriseOfShare(middle, step.events, usual) < score) low = middle;
      else high = middle;
    }
    return high;
  }

  learn(slot: number, step: Step, trust: number): void {
    if (trust === 0) return;
    this.failures[slot] = (this.failures[slot] as number) * (1 - FADE) + step.failures;
    this.events[slot] = (this.events[slot] as number) * (1 - FADE) + step.events;
  }

  absorb(slot: number, step: Step): void {
    this.failures[slot] = (this.events[slot] as number) * step.value;
  }
}

/** -log10 of the chance that `share` or more of `events` fail when each fails with chance `usual`. */
export function surpriseOfShare(share: number, events: number, usual: number): number {
  if (share <= usual) return 0;
  const pass = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - usual)) : 0;
  return (events * (share * Math.log(share / usual) + pass)) / Math.LN10;
}

export const failureShare: Detector = {
  name: 'failure share',
  version: 1,
  question: 'events',
  measures: ['error_ratio', 'error_type_ratio', 'odd_trace_share'],
  speaksWhileLearning: false,
  prior: clusteredPrior,
  create: (capacity) => new FailureShare(capacity),
  describe: (score) => `so many failures by chance: once in 10^${score.toFixed(1)} steps if failures were independent`,
};
