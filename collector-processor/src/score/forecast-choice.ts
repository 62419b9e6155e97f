import { SeriesState } from './state/series-state.ts';

/** Steps over which forecasts are compared. */
const MEMORY_STEPS = 200;
/** A later forecast must be this much better than an earlier one to take its place. */
const CLEARLY_BETTER = 0.85;
/** The first error of a forecast counts this often: it has to prove itself. */
const FIRST_ERROR = 3;

/** Which of several forecasts to believe: the one with the smallest mean absolute error of late. */
export class ForecastChoice {
  readonly state: SeriesState;
  private readonly errors: Float32Array;
  private readonly perSeries: number;

  constructor(capacity: number, perSeries: number) {
    this.state = new SeriesState(capacity);
    this.errors = this.state.float32(perSeries);
    this.perSeries = perSeries;
  }

  /** Position of the best among `forecasts`, of which NaN ones do not count; -1 when all are NaN. */
  choose(slot: number, forecasts: Float64Array): number {
    const start = slot * this.perSeries;
    let best = -1;
    let bestError = 0;
    for (let i = 0; i < this.perSeries; i++) {
      if (Number.isNaN(forecasts[i])) continue;
      const error = this.errors[start + i] as number;
      if (best >= 0 && (error === 0 || error >= CLEARLY_BETTER * bestError)) continue;
      best = i;
      bestError = error;
    }
    return best;
  }

  learn(slot: number, forecasts: Float64Array, level: number): void {
    const start = slot * this.perSeries;
    for (let i = 0; i < this.perSeries; i++) {
      const miss = Math.abs(level - (forecasts[i] as number));
      if (Number.isNaN(miss)) continue;
      const error = this.errors[start + i] as number;
      this.errors[start + i] = error === 0 ? FIRST_ERROR * miss : error + (miss - error) / MEMORY_STEPS;
    }
  }
}
