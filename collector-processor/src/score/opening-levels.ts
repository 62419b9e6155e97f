import { SeriesState } from './state/series-state.ts';

/** The levels of a series' learning steps, from which its detectors start. */
export class OpeningLevels {
  readonly state: SeriesState;
  private readonly levels: Float32Array;
  private readonly steps: number;

  constructor(capacity: number, steps: number) {
    this.steps = steps;
    this.state = new SeriesState(capacity);
    this.levels = this.state.float32(steps);
  }

  /** All of them with the last one; none before. */
  add(slot: number, age: number, level: number): Float32Array | undefined {
    const start = slot * this.steps;
    this.levels[start + age] = level;
    return age + 1 < this.steps ? undefined : this.levels.slice(start, start + this.steps);
  }
}
