import type { FeedbackDesk } from '../../api/feedback-desk.ts';
import type { ShadowDesk } from '../../api/shadow-desk.ts';
import type { ScoreStage } from '../../score/score-stage.ts';
import type { Tunings } from '../../score/tuning/tunings.ts';
import type { Foundation } from '../foundation.ts';
import { createFeedbackDesk } from './feedback-desk.ts';
import { createScoreArchive } from './score-archive.ts';
import { createShadowDesk } from './shadow-desk.ts';
import { createTuningSync, type TuningSync } from './tuning-sync.ts';
import { createVersionMaker } from './version-maker.ts';

/** Feedback and the rules that come of it, joined to the score stage and the store. A change of its settings needs a restart. */
export function createFeedback(
  foundation: Foundation,
  tunings: Tunings,
  score: () => Pick<ScoreStage, 'stored' | 'watched' | 'pageScore' | 'shadow'>,
): { readonly desk: FeedbackDesk; readonly shadow: ShadowDesk; readonly sync: TuningSync } {
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
  const archive = createScoreArchive({ options, fetch: globalThis.fetch, nowMs, logger, metrics });
  const { maxRules, maxVersions } = options;
  const versions = createVersionMaker({ store: store.tunings, sync, maxVersions, nowMs, logger });
  const desk = createFeedbackDesk({
    ...{ options, store, sync, versions, nowMs, metrics },
    scores: { ring: (scope) => score().stored(scope), archive },
    watched: (seriesId) => score().watched(seriesId),
    pageScore: () => score().pageScore,
  });
  const shadow = createShadowDesk({ shadow: () => score().shadow(), incidents: store.incidents, versions, maxRules });
  return { desk, shadow, sync };
}
