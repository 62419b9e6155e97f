import type { ScoreOptions } from '../../src/score/options.ts';
import { createSeriesRunner } from '../../src/score/testing/series-runner.ts';

export interface SeriesRun {
  /** One a row: how strongly a finding would be opened there; 1 and more opened one at the shipped notice border. */
  readonly strengths: Float64Array;
  /** One a row: the score that is published, 0 while the series is learning. */
  readonly scores: Float64Array;
  readonly opened: number;
  readonly paged: number;
}

/** Share by which the learned step follows the newest gap between two points. */
const CADENCE_RATE = 0.1;

/**
 * Feeds one metric series to the product's own scoring path with its shipped settings, a point at a time, as a gauge that
 * arrives at these times. Nothing is known of what is still to come.
 */
export function runSeries(
  timesMs: ArrayLike<number>,
  values: ArrayLike<number>,
  changes: Partial<ScoreOptions> = {},
): SeriesRun {
  const runner = createSeriesRunner('value', changes);
  const strengths = new Float64Array(values.length);
  const scores = new Float64Array(values.length);
  let stepMs = 0;
  for (let row = 0; row < values.length; row++) {
    const timeMs = timesMs[row] as number;
    const gap = row === 0 ? 0 : timeMs - (timesMs[row - 1] as number);
    if (gap > 0) stepMs = stepMs === 0 ? gap : stepMs + CADENCE_RATE * (Math.min(gap, 3 * stepMs) - stepMs);
    const score = runner.step(values[row] as number, { timeMs, stepMs: Math.max(1, Math.round(stepMs)) });
    strengths[row] = runner.strength();
    scores[row] = Number.isNaN(score) ? 0 : score;
  }
  const paged = new Set(
    runner.events.filter(({ anomaly }) => anomaly.border === 'page').map(({ anomaly }) => anomaly.id),
  );
  return { strengths, scores, opened: runner.opened().length, paged: paged.size };
}
