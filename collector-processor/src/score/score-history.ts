import type { Series } from '../model/anomaly.ts';
import { titleOf } from './finding-sentence.ts';
import type { History, HistoryPoint } from './history.ts';
import type { SeriesStore } from './state/series-store.ts';

export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Columns of equal length, one entry a step, oldest first. */
export interface ScoreHistory {
  readonly series: Series;
  readonly title: string;
  readonly stepMs: number;
  readonly timeMs: readonly number[];
  readonly value: readonly number[];
  readonly score: readonly number[];
  readonly expected: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** The kept steps of one series; undefined when there is no such series. */
export function scoreHistory(
  { series, history }: { readonly series: SeriesStore; readonly history: History },
  seriesId: string,
  { fromMs, toMs }: TimeRange,
): ScoreHistory | undefined {
  for (const entry of series.from(0)) {
    if (entry.series.id !== seriesId) continue;
    const points = history.of(seriesId).filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
    return {
      series: entry.series,
      title: titleOf(entry.series),
      stepMs: entry.stepMs,
      timeMs: points.map(({ timeMs }) => timeMs),
      value: points.map(({ value }) => value),
      score: points.map(({ score }) => score),
      expected: points.map(({ expected }) => expected),
      lower: points.map(({ lower }) => lower),
      upper: points.map(({ upper }) => upper),
    };
  }
  return undefined;
}

export type KeptSteps = Pick<ScoreHistory, 'stepMs' | 'timeMs' | 'value' | 'expected' | 'score'>;

/** The same without looking for the series among all others: the step is the shortest between two points. */
export function keptSteps(points: readonly HistoryPoint[], bucketMs: number): KeptSteps | undefined {
  if (points.length === 0) return undefined;
  const timeMs = points.map((point) => point.timeMs);
  const steps = timeMs.slice(1).map((at, index) => at - (timeMs[index] ?? at));
  return {
    stepMs: steps.length === 0 ? bucketMs : Math.max(bucketMs, Math.min(...steps)),
    timeMs,
    value: points.map(({ value }) => value),
    expected: points.map(({ expected }) => expected),
    score: points.map(({ score }) => score),
  };
}
