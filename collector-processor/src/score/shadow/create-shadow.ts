import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { ActingSettings } from '../acting-settings.ts';
import type { Findings } from '../findings.ts';
import { Onset } from '../onset.ts';
import type { ScoreOptions } from '../options.ts';
import type { Detector } from '../scorer.ts';
import { SeriesJudge, type JudgeParts } from '../series-judge.ts';
import type { SeriesStore } from '../state/series-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { Tunings } from '../tuning/tunings.ts';
import { ShadowJudge } from './shadow-judge.ts';
import { Shadow } from './shadow.ts';

export interface ShadowSources {
  /** Of the live configuration. */
  readonly options: ScoreOptions & ActingSettings;
  readonly detectors: readonly Detector[];
  readonly findings: Findings;
  readonly selection: JudgeParts['selection'];
  readonly tunings: Tunings;
  readonly series: SeriesStore;
  readonly subjects: SubjectStore;
  readonly nowMs: () => number;
  readonly metrics: SelfMetrics;
}

/** Undefined when the settings ask for none. */
export function createShadow(sources: ShadowSources): Shadow | undefined {
  const { options: live, detectors, findings, selection, tunings: liveRules, ...common } = sources;
  const { shadow: options, pageSteps, newNormalAfter } = live;
  if (!options.enabled) return undefined;
  const rules = new Tunings();
  const onset = new Onset(options.maxSeries);
  const byRules = new SeriesJudge({ detectors, options: live, findings, selection, tunings: rules });
  const judge = new ShadowJudge({ options, live, detectors, liveRules, rules, judge: byRules, onset });
  const told = { findings, liveRules, live };
  return new Shadow({ ...common, ...told, judge, onset, options: { ...options, pageSteps, newNormalAfter } });
}
