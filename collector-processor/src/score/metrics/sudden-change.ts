import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import type { Detector } from '../scorer.ts';
import { FollowedLevel } from './followed-level.ts';

/** The last three or four steps count. */
const RATE = 0.3;

/**
 * Distance from where the series was a moment ago, in usual distances of that kind. It stays calm on slow rhythms that no
 * profile has learned yet, and it is the best forecast of a series that wanders.
 */
export const suddenChange: Detector = {
  name: 'sudden change',
  version: 1,
  question: 'level',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  create: (capacity) => new FollowedLevel(capacity, RATE),
  describe: (score) => `${score.toFixed(1)} times its usual step from where it was a moment ago`,
};
