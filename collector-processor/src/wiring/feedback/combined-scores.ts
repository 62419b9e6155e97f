import type { Series } from '../../model/anomaly.ts';
import type { TuningScope } from '../../model/tuning.ts';
import type { StoredScores } from '../../score/tuning/stored-series.ts';
import type { StoredSeries } from '../../score/tuning/tuning-effect.ts';
import type { ScoreArchive } from './score-archive.ts';

export interface ScoreSources {
  /** What memory holds. */
  readonly ring: (scope: TuningScope) => StoredScores;
  readonly archive: () => ScoreArchive;
}

/** A series whose scores memory may hold none of. */
export interface KnownSeries {
  readonly series: Series;
  readonly stepMs: number;
}

/** Scores of a scope: what memory holds, and before that what the metrics store does. */
export async function combinedScores(
  { ring, archive }: ScoreSources,
  scope: TuningScope,
  known: KnownSeries,
): Promise<StoredScores> {
  const { stored, leftOut } = ring(scope);
  const held = stored.some(({ series }) => series.id === known.series.id);
  const isAsked = scope.seriesId === undefined || scope.seriesId === known.series.id;
  const absent: StoredSeries[] = held || !isAsked ? [] : [{ ...known, sources: [], steps: [] }];
  const all = [...stored, ...absent];
  const beforeMs = new Map(all.map(({ series, steps }) => [series.id, steps[0]?.timeMs ?? Infinity]));
  const older = await archive().read(known.series.tenant, beforeMs);
  const combined = all.map((one): StoredSeries => {
    const before = older.get(one.series.id) ?? [];
    if (before.length === 0) return one;
    return { ...one, sources: [...one.sources, 'metrics_backend'], steps: [...before, ...one.steps] };
  });
  const found = combined.filter(({ steps }) => steps.length > 0);
  return { stored: found, leftOut: Math.max(0, leftOut - (found.length - stored.length)) };
}
