import type { Series } from '../../model/anomaly.ts';
import type { TuningScope } from '../../model/tuning.ts';
import type { History } from '../history.ts';
import type { SeriesStore } from '../state/series-store.ts';
import { inScope } from './matches.ts';
import type { StoredSeries } from './tuning-effect.ts';

export interface StoredScores {
  readonly stored: readonly StoredSeries[];
  /** In scope, without stored scores or beyond `MAX_SERIES`. */
  readonly leftOut: number;
}

/** Series that are judged again for one answer: it is made on the thread that forwards telemetry. */
const MAX_SERIES = 200;

/** What the ring holds of the series in a scope. */
export function storedSeries(
  { series, history }: { readonly series: SeriesStore; readonly history: History },
  scope: TuningScope,
): StoredScores {
  const stored: StoredSeries[] = [];
  let leftOut = 0;
  for (const entry of series.from(0)) {
    if (!inScope(scope, entry.series)) continue;
    const steps = stored.length < MAX_SERIES ? history.of(entry.series.id) : [];
    if (steps.length === 0) leftOut++;
    else stored.push({ series: entry.series, stepMs: entry.stepMs, sources: ['ring'], steps });
  }
  return { stored, leftOut };
}

/** A series that is watched. */
export function watchedSeries(
  store: SeriesStore,
  seriesId: string,
): { readonly series: Series; readonly stepMs: number } | undefined {
  for (const { series, stepMs } of store.from(0)) if (series.id === seriesId) return { series, stepMs };
  return undefined;
}
