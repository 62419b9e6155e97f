import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import { noiseFloor, type Detector, type Lasting, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';
import { MEMORY_STEPS } from './followed-level.ts';
import { TO_DEVIATION } from './order-statistics.ts';

interface Season {
  readonly periodMs: number;
  readonly bins: number;
  /** A bin speaks once it was passed in so many periods. */
  readonly periodsNeeded: number;
}

/** Weight of the newest period once there are several. */
const RATE = 0.25;
const CLIP = 4;
/** Steps that fit the profile before it is believed. */
const TRIAL_STEPS = 60;

/**
 * Distance from what is usual at this time of the day or week (UTC; a change of clocks is one odd hour to it), in usual
 * distances. Bins hold the mean level of their time, linearly joined, so that a bin's border is no step.
 */
class SeasonalProfile implements Scorer {
  readonly state: SeriesState;
  private readonly season: Season;
  private readonly mean: Float32Array;
  private readonly periods: Uint8Array;
  private readonly sum: Float64Array;
  private readonly count: Float32Array;
  /** Bin that is being filled, + 1. */
  private readonly current: Uint16Array;
  private readonly scale: Float32Array;
  private readonly seen: Uint16Array;

  constructor(capacity: number, season: Season) {
    this.season = season;
    this.state = new SeriesState(capacity);
    this.mean = this.state.float32(season.bins);
    this.periods = this.state.uint8(season.bins);
    this.sum = this.state.float64();
    this.count = this.state.float32();
    this.current = this.state.uint16();
    this.scale = this.state.float32();
    this.seen = this.state.uint16();
  }

  start(): void {
    // A profile starts empty: learning steps say nothing about a day.
  }

  score(slot: number, step: Step): number {
    if ((this.seen[slot] as number) < TRIAL_STEPS) return NaN;
    const expected = this.predict(slot, step);
    const distance = Math.max(0, step.direction * (step.level - expected));
    return distance / Math.max(this.scale[slot] as number, noiseFloor(step, expected), Number.MIN_VALUE);
  }

  predict(slot: number, step: Step): number {
    const { bins, periodMs, periodsNeeded } = this.season;
    const position = ((step.timeMs - step.stepMs / 2) / periodMs) * bins - 0.5;
    const left = Math.floor(position);
    const share = position - left;
    const a = slot * bins + modulo(left, bins);
    const b = slot * bins + modulo(left + 1, bins);
    if ((this.periods[a] as number) < periodsNeeded || (this.periods[b] as number) < periodsNeeded) return NaN;
    return (1 - share) * (this.mean[a] as number) + share * (this.mean[b] as number);
  }

  bound(slot: number, step: Step, score: number, direction: 1 | -1): number {
    const expected = this.predict(slot, step);
    return expected + direction * score * Math.max(this.scale[slot] as number, noiseFloor(step, expected));
  }

  learn(slot: number, step: Step, trust: number): void {
    if (trust === 0) return;
    this.learnScale(slot, step);
    this.recall(slot, step);
  }

  recall(slot: number, step: Step): void {
    const { bins, periodMs } = this.season;
    const bin = modulo(Math.floor(((step.timeMs - step.stepMs / 2) / periodMs) * bins), bins);
    if (this.current[slot] !== bin + 1) {
      this.fold(slot);
      this.current[slot] = bin + 1;
    }
    this.sum[slot] = (this.sum[slot] as number) + step.level;
    this.count[slot] = (this.count[slot] as number) + 1;
  }

  absorb(slot: number, step: Step, { level }: Lasting): void {
    const shift = level - this.predict(slot, step);
    if (Number.isNaN(shift)) return;
    const start = slot * this.season.bins;
    for (let i = start; i < start + this.season.bins; i++) this.mean[i] = (this.mean[i] as number) + shift;
  }

  private learnScale(slot: number, step: Step): void {
    const expected = this.predict(slot, step);
    if (Number.isNaN(expected)) return;
    const seen = Math.min(MEMORY_STEPS, (this.seen[slot] as number) + 1);
    this.seen[slot] = seen;
    const scale = this.scale[slot] as number;
    const distance = Math.abs(step.level - expected);
    const clipped =
      seen > TRIAL_STEPS ? Math.min(distance, CLIP * Math.max(scale, noiseFloor(step, expected))) : distance;
    this.scale[slot] = scale + (TO_DEVIATION * clipped - scale) / seen;
  }

  /** The bin that was filled joins the profile. */
  private fold(slot: number): void {
    const count = this.count[slot] as number;
    if (count === 0) return;
    const at = slot * this.season.bins + (this.current[slot] as number) - 1;
    const periods = this.periods[at] as number;
    const mean = this.mean[at] as number;
    this.mean[at] = mean + Math.max(RATE, 1 / (periods + 1)) * ((this.sum[slot] as number) / count - mean);
    this.periods[at] = Math.min(255, periods + 1);
    this.sum[slot] = 0;
    this.count[slot] = 0;
  }
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

const DAY_MS = 86_400_000;

export const dailyProfile: Detector = {
  name: 'daily profile',
  version: 1,
  question: 'level',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  seasonal: true,
  create: (capacity) => new SeasonalProfile(capacity, { periodMs: DAY_MS, bins: 48, periodsNeeded: 2 }),
  describe: (score) => `${score.toFixed(1)} times its usual spread from what is usual at this time of the day`,
};

export const weeklyProfile: Detector = {
  name: 'weekly profile',
  version: 1,
  question: 'level',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  seasonal: true,
  create: (capacity) => new SeasonalProfile(capacity, { periodMs: 7 * DAY_MS, bins: 168, periodsNeeded: 2 }),
  describe: (score) => `${score.toFixed(1)} times its usual spread from what is usual at this hour of the week`,
};
