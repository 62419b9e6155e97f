import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import type { Detector } from '../scorer.ts';
import { FollowedLevel } from './followed-level.ts';

/** Distance from the usual level, in usual spreads: long exponential weights, updates clipped, started from the median. */
export const robustDeviation: Detector = {
  name: 'robust deviation',
  version: 1,
  question: 'level',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  create: (capacity) => new FollowedLevel(capacity),
  describe: (score) => `${score.toFixed(1)} times its usual spread from its usual level`,
};
