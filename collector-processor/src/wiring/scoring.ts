import type { Settings } from '../config/schema.ts';
import type { AnomalyEvent, Change, ScoredBucket } from '../model/anomaly.ts';
import type { ReadItemAttributes } from '../model/columns.ts';
import type { Forecast } from '../model/forecast.ts';
import { createPart } from '../runtime/part.ts';
import { threadCpuMs } from '../runtime/thread-cpu.ts';
import type { ScoreOptions } from '../score/options.ts';
import { createScoreStage } from '../score/score-stage.ts';
import type { Tunings } from '../score/tuning/tunings.ts';
import type { Foundation } from './foundation.ts';
import { createHistory, historyAddress } from './history.ts';
import { snapshotPathOf } from './snapshot-path.ts';

/** Who hears of what the score stage makes. */
export interface ScoreListeners {
  readonly scores: (buckets: readonly ScoredBucket[]) => void;
  readonly anomaly: (event: AnomalyEvent) => void;
  readonly change: (change: Change) => void;
  readonly forecasts: (forecasts: readonly Forecast[]) => void;
}

/** The score stage; its learned state passes from one set of settings to the next through its snapshot. */
export function createScoring(
  foundation: Foundation,
  readAttributes: ReadItemAttributes,
  { tunings, ...listeners }: ScoreListeners & { readonly tunings: Tunings },
) {
  const { settings, clock, logger, metrics, mask } = foundation;
  return createPart(
    {
      name: 'score',
      reads: ({ score, forward, publish }: Settings) => [score, historyAddress({ score, forward, publish })],
      make: (current: Settings, own) =>
        createScoreStage({
          options: withSnapshotPath(current.score, settings.store),
          tunings,
          readAttributes,
          readHistory: createHistory(current, { metrics: own, logger }),
          mask,
          clock,
          // Beside ingest threads it holds up nobody, and waits for the processor as often as they do.
          ...(settings.receivers.otlp.workers === 0 ? {} : { busyMs: threadCpuMs }),
          logger,
          metrics: own,
          onScores: listeners.scores,
          onAnomaly: listeners.anomaly,
          onChange: listeners.change,
          onForecasts: listeners.forecasts,
        }),
      metrics,
      exclusive: true,
    },
    settings,
  );
}

/** Beside the store that is open: another one needs a restart. */
function withSnapshotPath(score: Settings['score'], store: Settings['store']): ScoreOptions {
  return { ...score, snapshot: { ...score.snapshot, path: snapshotPathOf({ score, store }) } };
}
