import type { Settings } from '../../config/schema.ts';
import { createPart } from '../../runtime/part.ts';
import type { ScoreStage } from '../../score/score-stage.ts';
import type { Tunings } from '../../score/tuning/tunings.ts';
import type { Foundation } from '../foundation.ts';
import { scoreArchiveAddress, scoreArchiveStore } from '../history.ts';
import { createFeedbackDesk } from './feedback-desk.ts';
import { createScoreArchive } from './score-archive.ts';
import { createShadowDesk } from './shadow-desk.ts';
import { createTuningSync } from './tuning-sync.ts';
import { createVersionMaker } from './version-maker.ts';

/**
 * Feedback and the rules that come of it, joined to the score stage and the store. A change of its settings needs a restart;
 * where scores are stored follows the backends.
 */
export function createFeedback(
  foundation: Foundation,
  tunings: Tunings,
  score: () => Pick<ScoreStage, 'stored' | 'watched' | 'pageScore' | 'shadow'>,
) {
  const { settings, store, clock, logger, metrics } = foundation;
  const options = settings.feedback;
  const nowMs = (): number => clock.nowMs();
  const sync = createTuningSync({
    versions: store.tunings,
    tunings,
    refreshMs: options.refresh,
    clock,
    logger,
    metrics,
  });
  const archive = createPart(
    {
      name: 'stored scores',
      reads: (current: Settings) => scoreArchiveAddress({ ...current, feedback: options }),
      make(current, own) {
        const metricsStore = scoreArchiveStore({ ...current, feedback: options });
        const read = createScoreArchive({ options, metricsStore, nowMs, logger, metrics: own });
        return { ...read, name: 'stored scores', start: done, stop: done };
      },
      metrics,
      exclusive: false,
    },
    settings,
  );
  const { maxRules, maxVersions } = options;
  const versions = createVersionMaker({ store: store.tunings, sync, maxVersions, nowMs, logger });
  const desk = createFeedbackDesk({
    ...{ options, store, sync, versions, nowMs, metrics },
    scores: { ring: (scope) => score().stored(scope), archive: () => archive.current },
    watched: (seriesId) => score().watched(seriesId),
    pageScore: () => score().pageScore,
  });
  const shadow = createShadowDesk({ shadow: () => score().shadow(), incidents: store.incidents, versions, maxRules });
  return { desk, shadow, sync, archive };
}

const done = (): Promise<void> => Promise.resolve();
