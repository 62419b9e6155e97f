import type { Series } from '../../model/anomaly.ts';
import type { FindingCounts, Tuning, TuningEffect } from '../../model/tuning.ts';
import { highestScore } from '../gates.ts';
import { measureProfiles, type MeasureProfile } from '../measure-profile.ts';
import { countFindings } from './count-findings.ts';
import { tunedProfile, tunedScore } from './tuned-score.ts';
import { Tunings } from './tunings.ts';

/** A stored step. `value` and `expected` are NaN, and `ungated` is the score, where no more was stored. */
export interface StoredStep {
  readonly timeMs: number;
  readonly value: number;
  readonly expected: number;
  readonly score: number;
  /** Before direction, effect and rules of people were looked at. */
  readonly ungated: number;
}

export interface StoredSeries {
  readonly series: Series;
  readonly stepMs: number;
  readonly sources: TuningEffect['sources'];
  /** Oldest first. */
  readonly steps: readonly StoredStep[];
}

export interface EffectQuestion {
  readonly before: readonly Tuning[];
  readonly after: readonly Tuning[];
  readonly stored: readonly StoredSeries[];
  readonly seriesLeftOut: number;
  readonly pageScore: number;
}

/** Judges stored steps again by two sets of rules and counts the findings that either makes. */
export function tuningEffect({ before, after, stored, seriesLeftOut, pageScore }: EffectQuestion): TuningEffect {
  const judges = { before: new Tunings(), after: new Tunings() };
  judges.before.apply(before);
  judges.after.apply(after);
  const counts = { before: { notices: 0, pages: 0 }, after: { notices: 0, pages: 0 } };
  let isApproximate = false;
  for (const { series, stepMs, steps } of stored) {
    for (const when of ['before', 'after'] as const) {
      const scores = steps.map((step) => {
        const rule = judges[when].of(series, step.timeMs);
        isApproximate ||= lacksNumbers(step, rule);
        return { timeMs: step.timeMs, score: rescore(step, measureProfiles[series.measure], rule) };
      });
      addTo(counts[when], countFindings(scores, stepMs, pageScore));
    }
  }
  const times = stored.flatMap(({ steps }) => steps.map(({ timeMs }) => timeMs));
  return {
    sources: [...new Set(stored.flatMap(({ sources: own }) => own))],
    fromMs: times.reduce((least, time) => Math.min(least, time), times[0] ?? 0),
    toMs: times.reduce((most, time) => Math.max(most, time), 0),
    series: stored.length,
    seriesLeftOut,
    steps: times.length,
    isApproximate,
    ...counts,
  };
}

/** The score of a stored step under a rule. */
function rescore(
  { value, expected, score, ungated }: StoredStep,
  profile: MeasureProfile,
  rule: Tuning | undefined,
): number {
  if (Number.isNaN(value) || Number.isNaN(expected)) return tunedScore(score, rule);
  return tunedScore(Math.min(ungated, highestScore(tunedProfile(profile, rule), value, expected)), rule);
}

function lacksNumbers({ value, expected }: StoredStep, rule: Tuning | undefined): boolean {
  if (!Number.isNaN(value) && !Number.isNaN(expected)) return false;
  return rule?.direction !== undefined || rule?.minimumChange !== undefined || rule?.minimumShare !== undefined;
}

function addTo(total: { notices: number; pages: number }, { notices, pages }: FindingCounts): void {
  total.notices += notices;
  total.pages += pages;
}
