import { noiseFloor, type Lasting, type Scorer, type Step } from '../scorer.ts';
import { SeriesState } from '../state/series-state.ts';
import { medianOf, spreadAround, TO_DEVIATION } from './order-statistics.ts';

/** Steps after which old values fade: three hours of 10 s. */
export const MEMORY_STEPS = 1000;
/** No update moves anything further than this many scales, so that an anomaly does not poison what was learned. */
const CLIP = 4;
/** Most that a move of a series that never moved may score: its size says little without a scale. */
export const FIRST_MOVE = 4.5;

/**
 * Distance from a level that is followed by exponential weights, in units of the usual distance. With a `rate` the level
 * is where the series was a moment ago; without one it is a long average, which does not move in odd steps.
 */
export class FollowedLevel implements Scorer {
  readonly state: SeriesState;
  private readonly rate: number | undefined;
  private readonly centre: Float64Array;
  private readonly scale: Float32Array;
  private readonly seen: Uint16Array;

  constructor(capacity: number, rate?: number) {
    this.rate = rate;
    this.state = new SeriesState(capacity);
    this.centre = this.state.float64();
    this.scale = this.state.float32();
    this.seen = this.state.uint16();
  }

  /** Starts from median and median deviation, so that a few slow first requests do no harm. */
  start(slot: number, levels: Float32Array): void {
    let centre = medianOf(levels);
    let scale = spreadAround(levels, centre);
    const { rate } = this;
    if (rate !== undefined) {
      const distances = levels.map((level) => {
        const distance = level - centre;
        centre += rate * distance;
        return distance;
      });
      scale = spreadAround(distances, 0);
    }
    this.centre[slot] = centre;
    this.scale[slot] = scale;
    this.seen[slot] = levels.length;
  }

  score(slot: number, step: Step): number {
    const distance = Math.max(0, step.direction * (step.level - (this.centre[slot] as number)));
    const scale = this.scaleOf(slot, step);
    const score = distance > 0 ? distance / scale : 0;
    return this.scale[slot] === 0 && step.floor === 0 ? Math.min(FIRST_MOVE, score) : score;
  }

  predict(slot: number): number {
    return this.centre[slot] as number;
  }

  bound(slot: number, step: Step, score: number, direction: 1 | -1): number {
    return (this.centre[slot] as number) + direction * score * this.scaleOf(slot, step);
  }

  learn(slot: number, step: Step, trust: number): void {
    const seen = Math.min(MEMORY_STEPS, (this.seen[slot] as number) + 1);
    const distance = step.level - (this.centre[slot] as number);
    const scale = this.scaleOf(slot, step);
    const limit = scale > 0 ? CLIP * scale : Infinity;
    const clipped = Math.max(-limit, Math.min(limit, distance));
    this.centre[slot] = (this.centre[slot] as number) + (this.rate ?? trust / seen) * clipped;
    if (trust === 0) return;
    const learned = this.scale[slot] as number;
    this.scale[slot] = learned + (trust * (TO_DEVIATION * Math.abs(clipped) - learned)) / seen;
    this.seen[slot] = seen;
  }

  absorb(slot: number, _step: Step, { level, spread }: Lasting): void {
    this.centre[slot] = level;
    if (this.rate === undefined) this.scale[slot] = Math.max(this.scale[slot] as number, spread);
  }

  /** In usual distances, up to `limit` of them. */
  protected distance(slot: number, step: Step, limit: number): number {
    const distance = step.level - (this.centre[slot] as number);
    if (distance === 0) return 0;
    return Math.max(-limit, Math.min(limit, distance / this.scaleOf(slot, step)));
  }

  private scaleOf(slot: number, step: Step): number {
    return Math.max(this.scale[slot] as number, noiseFloor(step, this.centre[slot] as number));
  }
}
