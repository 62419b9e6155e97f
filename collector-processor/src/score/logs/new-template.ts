import { clusteredPrior } from '../priors.ts';
import { noPrediction, type Detector, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';

const MINIMUM_LINES = 3;

/**
 * Of lines, of calls to somebody, of failures of a type: how surprising so many of a kind never seen before would be: Chernoff's bound on a Poisson tail. `step.detail` is
 * how many lines of new kinds this service usually brings in a step (counted after its own learning steps), so a service
 * that invents kinds of lines all the time is not news; one or two lines are never enough. NaN: not to be judged.
 */
class Newness implements Scorer {
  readonly state: SeriesState;
  readonly predict = noPrediction;
  readonly bound = noPrediction;
  private readonly lines: Float32Array;
  private readonly countOf: (step: Step) => number;

  constructor(capacity: number, countOf: (step: Step) => number) {
    this.countOf = countOf;
    this.state = new SeriesState(capacity);
    this.lines = this.state.float32();
  }

  start(): void {
    // From here on the template is known, and its rate is judged like any other.
  }

  score(slot: number, step: Step): number {
    if (Number.isNaN(step.detail)) return NaN;
    const lines = (this.lines[slot] as number) + this.countOf(step);
    return lines < MINIMUM_LINES ? 0 : surpriseOfCount(lines, step.detail * (step.age + 1));
  }

  learn(slot: number, step: Step): void {
    this.lines[slot] = (this.lines[slot] as number) + this.countOf(step);
  }

  absorb(): void {
    // New for at most the learning steps.
  }
}

/** -log10 of the chance of `count` or more where `expected` are usual. */
export function surpriseOfCount(count: number, expected: number): number {
  return count <= expected ? 0 : (count * Math.log(count / expected) - count + expected) / Math.LN10;
}

export const newTemplate: Detector = {
  name: 'new template',
  version: 1,
  question: 'events',
  measures: ['template_rate', 'rate'],
  speaksWhileLearning: true,
  prior: clusteredPrior,
  create: (capacity) => new Newness(capacity, (step) => step.events),
  describe: () => 'nothing of this kind was ever seen from this service before',
};

/** The same of failures: of a type that is new, those that failed count and not the calls. */
export const newErrorType: Detector = {
  ...newTemplate,
  name: 'new error type',
  measures: ['error_type_ratio'],
  create: (capacity) => new Newness(capacity, (step) => step.failures),
};
