import { noiseFloor, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';
import { TO_DEVIATION } from './order-statistics.ts';

/** Weight of the newest pass of a bin once there are several. */
const RATE = 0.25;
/** No update moves anything further than this many spreads. */
const CLIP = 4;
/** Steps that were compared with the profile before it is believed. */
const TRIAL_STEPS = 60;
/** The level of today follows over an eighth of the period, and not faster than over so many steps. */
const LEVEL_SHARE = 8;
const LEVEL_STEPS = 24;
const DAY_MS = 86_400_000;
/** What is usual is remembered for two periods, or days, in times of what the level follows over. */
const MEMORY = 2 * LEVEL_SHARE;
/** How much larger than the usual step an error may count in that comparison. */
const ERROR_CLIP = 6;
/** A bin's noise as a share of the whole profile's, in so many parts. */
const NOISE_UNIT = 24;
/** The profile's own noise counts as so many passes of a bin. */
const NOISE_PRIOR = 1;
const MOST_PASSES = 255;
const MOST_SEEN = 65_535;

/** Where a step lies in its period. */
export interface Phase {
  /** The middle of the step, 0 up to 1. */
  share: number;
  periodMs: number;
}

/**
 * What a series does in the course of a period: the mean level of each bin of it, how noisy each bin is, and how far today
 * is above or below all of it. A weekend that is lower as a whole, or a trend, moves what is expected of today and leaves
 * the course as it was. Whether that explains anything is seen by its errors beside those of the same follower without a course.
 *
 * Some 7 bytes a bin.
 */
export class SeasonProfile {
  readonly state: SeriesState;
  private readonly most: number;
  private readonly mean: Float32Array;
  private readonly noise: Uint8Array;
  private readonly passes: Uint8Array;
  /** Bins in use: none is shorter than a step. */
  private readonly bins: Uint8Array;
  /** Bin that is being filled, + 1, and what came in. */
  private readonly current: Uint8Array;
  private readonly sum: Float64Array;
  private readonly size: Float32Array;
  private readonly count: Float32Array;
  /** How far today is from the course. */
  private readonly offset: Float64Array;
  private readonly spread: Float32Array;
  private readonly seen: Uint16Array;
  private readonly wraps: Uint16Array;
  /** The follower without a course, and the mean errors of both. */
  private readonly plain: Float64Array;
  private readonly plainError: Float32Array;
  private readonly ownError: Float32Array;

  constructor(capacity: number, bins: number) {
    this.most = bins;
    this.state = new SeriesState(capacity);
    this.sum = this.state.float64();
    this.offset = this.state.float64();
    this.plain = this.state.float64();
    this.mean = this.state.float32(bins);
    this.noise = this.state.uint8(bins);
    this.passes = this.state.uint8(bins);
    this.bins = this.state.uint8();
    this.current = this.state.uint8();
    this.size = this.state.float32();
    this.count = this.state.float32();
    this.spread = this.state.float32();
    this.seen = this.state.uint16();
    this.wraps = this.state.uint16();
    this.plainError = this.state.float32();
    this.ownError = this.state.float32();
  }

  /** Periods that were begun and ended. */
  wrapsOf(at: number): number {
    return this.wraps[at] as number;
  }

  /** Mean error beside that without a course: 1 says that the course explains nothing. Infinity while it is not known. */
  unexplained(at: number): number {
    if ((this.seen[at] as number) < TRIAL_STEPS) return Infinity;
    const plain = this.plainError[at] as number;
    return plain > 0 ? (this.ownError[at] as number) / plain : Infinity;
  }

  errorOf(at: number): number {
    return this.ownError[at] as number;
  }

  /** NaN where a bin was passed less often than so many times. */
  expected(at: number, phase: Phase, step: Step, passes: number): number {
    const bins = this.bins[at] as number;
    if (bins === 0) return NaN;
    const start = at * this.most;
    const nearest = Math.min(bins - 1, Math.floor(phase.share * bins));
    if (phase.periodMs < 2 * bins * step.stepMs) {
      if ((this.passes[start + nearest] as number) < passes) return NaN;
      return (this.mean[start + nearest] as number) + (this.offset[at] as number);
    }
    const position = phase.share * bins - 0.5;
    const below = Math.floor(position);
    const left = start + (below < 0 ? bins - 1 : below);
    const right = start + (below + 1 >= bins ? 0 : below + 1);
    if ((this.passes[left] as number) < passes || (this.passes[right] as number) < passes) return NaN;
    const share = position - below;
    const course = (1 - share) * (this.mean[left] as number) + share * (this.mean[right] as number);
    return course + (this.offset[at] as number);
  }

  /** Usual distance from what is expected there, at this time of the period. */
  spreadAt(at: number, phase: Phase, step: Step, expected: number): number {
    const bins = this.bins[at] as number;
    const start = at * this.most;
    const bin = Math.min(bins - 1, Math.floor(phase.share * bins));
    // The noise of a border belongs to both sides of it.
    const side = phase.share * bins - bin < 0.5 ? -1 : 1;
    const next = (bin + side + bins) % bins;
    const noise = Math.max(this.noiseOf(start + bin), this.noiseOf(start + next));
    return Math.max(noise * (this.spread[at] as number), noiseFloor(step, expected), Number.MIN_VALUE);
  }

  /**
   * An odd step teaches the course and the noise of its bin, too, by its clipped distance: a fault leaves little behind, and
   * what comes back every day at that time is usual after some days. The level of today and the whole noise follow trust.
   */
  learn(at: number, phase: Phase, step: Step, trust: number): void {
    this.fit(at, phase, step);
    const expected = this.expected(at, phase, step, 1);
    const steps = Math.min(phase.periodMs, DAY_MS) / step.stepMs;
    const rate = 1 / Math.max(LEVEL_STEPS, steps / LEVEL_SHARE);
    const distance = step.level - expected;
    const known = !Number.isNaN(distance);
    const clipped = known ? this.clip(at, phase, step, distance) : 0;
    this.compare(at, step, distance, rate);
    const bin = Math.min((this.bins[at] as number) - 1, Math.floor(phase.share * (this.bins[at] as number)));
    if (this.current[at] !== bin + 1) this.turn(at, bin);
    const level = known ? expected + clipped : step.level;
    this.sum[at] = (this.sum[at] as number) + level - (this.offset[at] as number);
    this.size[at] = (this.size[at] as number) + Math.abs(clipped);
    this.count[at] = (this.count[at] as number) + 1;
    if (!known) return;
    const seen = Math.min(MOST_SEEN, (this.seen[at] as number) + 1);
    const spread = this.spread[at] as number;
    this.seen[at] = seen;
    this.spread[at] = spread + trust * (TO_DEVIATION * Math.abs(clipped) - spread) * Math.max(1 / seen, rate / MEMORY);
    this.offset[at] = (this.offset[at] as number) + trust * rate * clipped;
  }

  /** From now on all of it is so much higher. */
  shift(at: number, by: number): void {
    if (!Number.isNaN(by)) this.offset[at] = (this.offset[at] as number) + by;
  }

  private clip(at: number, phase: Phase, step: Step, distance: number): number {
    if ((this.seen[at] as number) < TRIAL_STEPS) return distance;
    const limit = CLIP * this.spreadAt(at, phase, step, step.level - distance);
    return Math.max(-limit, Math.min(limit, distance));
  }

  /** No bin is shorter than a step; where steps got longer than bins it all begins anew. */
  private fit(at: number, phase: Phase, step: Step): void {
    const steps = phase.periodMs / step.stepMs;
    const bins = this.bins[at] as number;
    if (bins > 0 && steps > 0.75 * bins) return;
    this.state.clear(at);
    this.bins[at] = Math.max(1, Math.min(this.most, Math.floor(steps + 0.25)));
    this.plain[at] = step.level;
  }

  private compare(at: number, step: Step, distance: number, rate: number): void {
    const plain = step.level - (this.plain[at] as number);
    this.plain[at] = (this.plain[at] as number) + rate * plain;
    if (Number.isNaN(distance)) return;
    const share = Math.max(rate / MEMORY, 1 / ((this.seen[at] as number) + 1));
    const error = this.plainError[at] as number;
    const limit = (this.seen[at] as number) < TRIAL_STEPS ? Infinity : ERROR_CLIP * error;
    this.plainError[at] = error + share * (Math.min(Math.abs(plain), limit) - error);
    const own = this.ownError[at] as number;
    this.ownError[at] = own + share * (Math.min(Math.abs(distance), limit) - own);
  }

  /** The bin that was filled joins the profile, the next one begins. */
  private turn(at: number, bin: number): void {
    const before = (this.current[at] as number) - 1;
    if (bin < before) this.wraps[at] = Math.min(MOST_SEEN, (this.wraps[at] as number) + 1);
    this.current[at] = bin + 1;
    const count = this.count[at] as number;
    if (count === 0) return;
    const where = at * this.most + before;
    const passes = this.passes[where] as number;
    const mean = this.mean[where] as number;
    this.mean[where] = mean + Math.max(RATE, 1 / (passes + 1)) * ((this.sum[at] as number) / count - mean);
    this.learnNoise(at, where, (this.size[at] as number) / count);
    this.passes[where] = Math.min(MOST_PASSES, passes + 1);
    this.sum[at] = 0;
    this.size[at] = 0;
    this.count[at] = 0;
  }

  private learnNoise(at: number, where: number, size: number): void {
    const passes = this.passes[where] as number;
    const spread = this.spread[at] as number;
    if (passes === 0 || spread === 0) return;
    const before = this.noise[where] === 0 ? 1 : (this.noise[where] as number) / NOISE_UNIT;
    const rate = Math.max(RATE, 1 / (passes + NOISE_PRIOR));
    const noise = before + rate * ((TO_DEVIATION * size) / spread - before);
    this.noise[where] = Math.max(1, Math.min(255, Math.round(NOISE_UNIT * noise)));
  }

  private noiseOf(where: number): number {
    const noise = this.noise[where] as number;
    return noise === 0 ? 1 : noise / NOISE_UNIT;
  }
}
