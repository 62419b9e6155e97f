/** The sidecar's real desk for feedback, over the scores that made series show. */
import type { ScoreHistory } from '../../collector-processor/src/api/providers.ts';
import { systemClock } from '../../collector-processor/src/runtime/clock.ts';
import { silentLogger } from '../../collector-processor/src/runtime/logger.ts';
import { createSelfMetrics } from '../../collector-processor/src/runtime/self-metrics.ts';
import { Tunings } from '../../collector-processor/src/score/tuning/tunings.ts';
import type { Store } from '../../collector-processor/src/store/create-store.ts';
import { createFeedbackDesk } from '../../collector-processor/src/wiring/feedback/feedback-desk.ts';
import { createTuningSync } from '../../collector-processor/src/wiring/feedback/tuning-sync.ts';
import { createVersionMaker } from '../../collector-processor/src/wiring/feedback/version-maker.ts';

/** All that is kept of a series; undefined where nothing is. */
type Kept = (seriesId: string) => ScoreHistory | undefined;

export async function seededFeedback(store: Store, kept: Kept) {
  const common = { clock: systemClock, logger: silentLogger, metrics: createSelfMetrics() };
  const nowMs = () => Date.now();
  const sync = createTuningSync({ versions: store.tunings, tunings: new Tunings(), refreshMs: 60_000, ...common });
  await sync.start();
  const known = (seriesId = '') => {
    const history = kept(seriesId);
    return history && { series: history.series, stepMs: history.stepMs };
  };
  return createFeedbackDesk({
    options: { maxRules: 100 },
    store,
    scores: {
      ring: ({ seriesId = '' }) => ({ stored: storedOf(kept(seriesId)), leftOut: 0 }),
      archive: () => ({ read: () => Promise.resolve(new Map()) }),
    },
    watched: known,
    pageScore: () => 1.5,
    sync,
    versions: createVersionMaker({ store: store.tunings, sync, maxVersions: 100, nowMs, logger: silentLogger }),
    nowMs,
    metrics: common.metrics,
  });
}

function storedOf(history: ScoreHistory | undefined) {
  if (history === undefined) return [];
  const { series, stepMs, timeMs, score, value, expected } = history;
  const steps = Array.from(timeMs, (time, at) => ({
    timeMs: time,
    score: score[at] ?? 0,
    ungated: score[at] ?? 0,
    value: value[at] ?? 0,
    expected: expected[at] ?? 0,
  }));
  return [{ series, stepMs, sources: ['ring' as const], steps }];
}
