import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import { noiseFloor, noPrediction, type Detector, type Lasting, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';
import { FIRST_MOVE, MEMORY_STEPS } from './followed-level.ts';
import { medianOf, spreadAround, TO_DEVIATION } from './order-statistics.ts';

const FAST = 2 / 9;
const SLOW = 2 / 49;
/** Standard deviation of the difference of both averages for white noise of deviation 1. */
const WHITE = Math.sqrt(FAST / (2 - FAST) + SLOW / (2 - SLOW) - (2 * FAST * SLOW) / (FAST + SLOW - FAST * SLOW));
/** One value counts for at most this many spreads: a level is what lasts. */
const CLIP = 6;

/**
 * An average of about 8 steps against one of about 48, in usual distances between the two. A small shift that lasts adds
 * up here while single values still look harmless; after some 50 steps the slow average has followed.
 */
class LevelShift implements Scorer {
  readonly state: SeriesState;
  readonly predict = noPrediction;
  readonly bound = noPrediction;
  private readonly fast: Float64Array;
  private readonly slow: Float64Array;
  private readonly spread: Float32Array;
  private readonly gap: Float32Array;
  private readonly seen: Uint16Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.fast = this.state.float64();
    this.slow = this.state.float64();
    this.spread = this.state.float32();
    this.gap = this.state.float32();
    this.seen = this.state.uint16();
  }

  start(slot: number, levels: Float32Array): void {
    let fast = medianOf(levels);
    let slow = fast;
    const spread = spreadAround(levels, fast);
    const gaps = levels.map((level) => {
      fast += FAST * (level - fast);
      slow += SLOW * (level - slow);
      return fast - slow;
    });
    this.fast[slot] = fast;
    this.slow[slot] = slow;
    this.spread[slot] = spread;
    this.gap[slot] = Math.max(WHITE * spread, spreadAround(gaps, 0));
    this.seen[slot] = levels.length;
  }

  score(slot: number, step: Step): number {
    const fast = this.fast[slot] as number;
    const slow = this.slow[slot] as number;
    const level = this.clip(slot, step);
    const gap = fast + FAST * (level - fast) - slow - SLOW * (level - slow);
    const distance = Math.max(0, step.direction * gap);
    const usual = Math.max(this.gap[slot] as number, WHITE * noiseFloor(step, slow));
    const score = distance > 0 ? distance / usual : 0;
    return this.spread[slot] === 0 && step.floor === 0 ? Math.min(FIRST_MOVE, score) : score;
  }

  learn(slot: number, step: Step, trust: number): void {
    const level = this.clip(slot, step);
    const fast = (this.fast[slot] as number) + FAST * (level - (this.fast[slot] as number));
    const slow = (this.slow[slot] as number) + SLOW * (level - (this.slow[slot] as number));
    this.fast[slot] = fast;
    this.slow[slot] = slow;
    if (trust === 0) return;
    const seen = Math.min(MEMORY_STEPS, (this.seen[slot] as number) + 1);
    const spread = this.spread[slot] as number;
    const gap = this.gap[slot] as number;
    this.spread[slot] = spread + (trust * (TO_DEVIATION * Math.abs(level - slow) - spread)) / seen;
    this.gap[slot] = gap + (trust * (TO_DEVIATION * Math.abs(fast - slow) - gap)) / seen;
    this.seen[slot] = seen;
  }

  absorb(slot: number, _step: Step, { level }: Lasting): void {
    this.fast[slot] = level;
    this.slow[slot] = level;
  }

  private clip(slot: number, step: Step): number {
    const slow = this.slow[slot] as number;
    const scale = Math.max(this.spread[slot] as number, noiseFloor(step, slow));
    const limit = scale > 0 ? CLIP * scale : Infinity;
    return Math.max(slow - limit, Math.min(slow + limit, step.level));
  }
}

export const levelShift: Detector = {
  name: 'level shift',
  version: 1,
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  create: (capacity) => new LevelShift(capacity),
  describe: (score) => `its average of 8 steps is ${score.toFixed(1)} times further from that of 48 than usual`,
};
