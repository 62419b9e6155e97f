import type { Lasting, Step } from './scorer.ts';
import { SeriesState } from './state/series-state.ts';

/** Weight of the newest step. */
const RATE = 0.1;

/** What a series looks like of late: level and mean distance from it, over some ten steps, whatever they scored. */
export class RecentLook {
  readonly state: SeriesState;
  private readonly level: Float64Array;
  private readonly spread: Float32Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.level = this.state.float64();
    this.spread = this.state.float32();
  }

  of(slot: number): Lasting {
    return { level: this.level[slot] as number, spread: this.spread[slot] as number };
  }

  learn(slot: number, step: Step): void {
    if (step.age === 0) this.level[slot] = step.level;
    const distance = step.level - (this.level[slot] as number);
    const rate = Math.max(RATE, 1 / (step.age + 1));
    this.level[slot] = (this.level[slot] as number) + rate * distance;
    const spread = this.spread[slot] as number;
    this.spread[slot] = spread + rate * (Math.abs(distance) - spread);
  }
}
