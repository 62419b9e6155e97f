import { numericMeasures } from '../measure-profile.ts';
import { noiseFloor, noPrediction, type Detector, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';

/** Steps after which a range is set aside and a new one begun; both count, so values are remembered one to two times as long. */
const GENERATION_STEPS = 8_192;
/** Least width of a range, in noise that is always believed. */
const FLOOR_WIDTHS = 4;
/** Share of the width that scores 1. */
const UNIT = 0.2;

/**
 * How far a value lies outside everything that the series has shown, in fifths of the width of that. Nothing but news:
 * what was seen once is no record again, so it learns from odd steps as from quiet ones.
 */
class RangeRecord implements Scorer {
  readonly state: SeriesState;
  readonly predict = noPrediction;
  readonly bound = noPrediction;
  /** Low and high of the range that is being filled, and of the one before. */
  private readonly ends: Float64Array;
  private readonly steps: Uint16Array;
  /** The last two levels, newest first. */
  private readonly waiting: Float64Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.ends = this.state.float64(4);
    this.steps = this.state.uint16();
    this.waiting = this.state.float64(2);
  }

  start(slot: number, levels: Float32Array): void {
    const low = levels.reduce((a, b) => Math.min(a, b), Infinity);
    const high = levels.reduce((a, b) => Math.max(a, b), -Infinity);
    this.ends.set([low, high, low, high], 4 * slot);
    this.steps[slot] = levels.length;
    this.waiting.fill(levels.at(-1) ?? 0, 2 * slot, 2 * slot + 2);
  }

  score(slot: number, step: Step): number {
    const { ends } = this;
    const low = Math.min(ends[4 * slot] as number, ends[4 * slot + 2] as number);
    const high = Math.max(ends[4 * slot + 1] as number, ends[4 * slot + 3] as number);
    const excess = step.direction > 0 ? step.level - high : low - step.level;
    if (!(excess > 0)) return 0;
    const width = Math.max(high - low, FLOOR_WIDTHS * noiseFloor(step, high));
    return excess / (UNIT * (width > 0 ? width : excess));
  }

  learn(slot: number, step: Step): void {
    const at = 4 * slot;
    const { ends, waiting } = this;
    const level = waiting[2 * slot + 1] as number;
    waiting[2 * slot + 1] = waiting[2 * slot] as number;
    waiting[2 * slot] = step.level;
    if (this.steps[slot] === GENERATION_STEPS) {
      ends.copyWithin(at + 2, at, at + 2);
      ends.fill(level, at, at + 2);
      this.steps[slot] = 0;
    }
    this.steps[slot] = (this.steps[slot] as number) + 1;
    if (level < (ends[at] as number)) ends[at] = level;
    if (level > (ends[at + 1] as number)) ends[at + 1] = level;
  }

  absorb(): void {
    // The new normal is part of the range already.
  }
}

/** Of some thirty even values the next is outside with a chance of 6 %, and seldom far outside. */
function recordPrior(score: number): number {
  return score > 0 ? 0.06 * (1 + score / 0.75) ** -4 : 1;
}

export const rangeRecord: Detector = {
  name: 'range record',
  version: 1,
  question: 'record',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: recordPrior,
  create: (capacity) => new RangeRecord(capacity),
  describe: (score) => `${(100 * UNIT * score).toFixed(0)} % of its whole range outside of it`,
};
