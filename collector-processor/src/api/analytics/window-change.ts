import type { ChangedSeries } from '../../contract/window-change.ts';
import { compareSamples } from '../../model/kolmogorov-smirnov.ts';
import type { ScoreHistory } from '../providers.ts';

/** Fewer steps on one side tell nothing of a distribution. */
const LEAST_STEPS = 5;
/** A change by chance once in a hundred series is none. */
const TOLD_CHANCE = 0.01;

interface Window {
  readonly beforeMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a series was in the window and before; undefined where too little of it is kept. */
export function compareWindow(history: ScoreHistory, { beforeMs, fromMs, toMs }: Window): ChangedSeries | undefined {
  const values = (from: number, to: number): number[] =>
    Array.from(history.timeMs).flatMap((timeMs, index) => {
      const value = history.value[index] ?? NaN;
      return timeMs >= from && timeMs < to && Number.isFinite(value) ? [value] : [];
    });
  const [before, window] = [values(beforeMs, fromMs), values(fromMs, toMs)];
  if (before.length < LEAST_STEPS || window.length < LEAST_STEPS) return undefined;
  const [usual, now] = [meanOf(before), meanOf(window)];
  const volume = (now - usual) * window.length;
  return {
    series: history.series,
    title: history.title,
    ...compareSamples(before, window),
    volume,
    // From nothing to something is as much as can be: the whole of it.
    share: usual === 0 ? Math.sign(now) : (now - usual) / Math.abs(usual),
    before: { steps: before.length, mean: usual },
    window: { steps: window.length, mean: now },
  };
}

export function hasChanged({ pValue }: ChangedSeries): boolean {
  return pValue <= TOLD_CHANCE;
}

export function byDistance(left: ChangedSeries, right: ChangedSeries): number {
  return left.pValue - right.pValue || right.statistic - left.statistic || byVolume(left, right);
}

export function byVolume(left: ChangedSeries, right: ChangedSeries): number {
  return Math.abs(right.share) - Math.abs(left.share) || left.series.id.localeCompare(right.series.id, 'en');
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
