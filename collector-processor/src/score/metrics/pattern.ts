import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import { noPrediction, type Detector, type Lasting, type Step } from '../scorer.ts';
import { FollowedLevel } from './followed-level.ts';
import { PatternBook, SHAPE } from './pattern-book.ts';

/** Furthest that one value counts, in usual distances. */
const CLIP = 7.9;
/** A value this far from the mean of its block stands for the block: a spike is a shape, too. */
const STANDS_OUT = 2;
/** Shapes before it speaks. */
const TRIAL = 2 * SHAPE;

/**
 * How far the course of the last eight blocks of steps is from every course that the series has shown: a spike where none
 * was, a wave that fails to come, a line that goes flat. Nothing is asked of single values, nor of the present one: it looks
 * at blocks that are over. What was seen once is known.
 */
class Pattern extends FollowedLevel {
  private readonly block: number;
  private readonly book: PatternBook;
  private readonly sum: Float32Array;
  private readonly extreme: Float32Array;
  private readonly filled: Uint8Array;
  private readonly novelty: Float32Array;

  constructor(capacity: number, block: number) {
    super(capacity);
    this.block = block;
    this.book = new PatternBook(this.state);
    this.sum = this.state.float32();
    this.extreme = this.state.float32();
    this.filled = this.state.uint8();
    this.novelty = this.state.float32();
  }

  override readonly predict = noPrediction;
  override readonly bound = noPrediction;

  override score(slot: number): number {
    return this.book.sizeOf(slot) < TRIAL ? NaN : (this.novelty[slot] as number);
  }

  override learn(slot: number, step: Step, trust: number): void {
    const distance = this.distance(slot, step, CLIP);
    super.learn(slot, step, trust);
    const filled = (this.filled[slot] as number) + 1;
    const sum = (filled === 1 ? 0 : (this.sum[slot] as number)) + distance;
    const before = filled === 1 ? 0 : (this.extreme[slot] as number);
    const extreme = Math.abs(distance) > Math.abs(before) ? distance : before;
    this.sum[slot] = sum;
    this.extreme[slot] = extreme;
    this.filled[slot] = filled % this.block;
    if (filled < this.block) return;
    const mean = sum / filled;
    this.novelty[slot] = this.book.push(slot, Math.abs(extreme - mean) > STANDS_OUT ? extreme : mean);
  }

  override absorb(slot: number, step: Step, lasting: Lasting): void {
    super.absorb(slot, step, lasting);
    this.novelty[slot] = 0;
  }
}

function patternOf(block: number): Detector {
  return {
    name: `pattern of ${SHAPE * block}`,
    version: 1,
    question: 'pattern',
    measures: numericMeasures,
    speaksWhileLearning: false,
    prior: studentPrior,
    create: (capacity) => new Pattern(capacity, block),
    describe: (score) =>
      `the course of its last ${SHAPE * block} steps is ${score.toFixed(1)} usual spreads from any it has shown`,
  };
}

export const briefPattern = patternOf(4);
export const longPattern = patternOf(12);
