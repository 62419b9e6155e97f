import type { Measure } from './anomaly.ts';
import type { Signal } from './signal.ts';

/** Whom a rule concerns: everything that agrees in all that is named. The tenant always is. */
export interface TuningScope {
  readonly tenant: string;
  readonly seriesId?: string;
  readonly service?: string;
  readonly environment?: string;
  readonly signal?: Signal;
  readonly measure?: Measure;
  readonly metric?: string;
  readonly operation?: string;
  /** Callee of an edge. */
  readonly peer?: string;
}

/** When a rule acts; always, without one. Days and minutes are those of UTC. */
export interface TuningWindow {
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Days of the week, 0 is Sunday. */
  readonly days?: readonly number[];
  /** Minutes of the day, the first in, the last out; over midnight when the first is the larger one. */
  readonly fromMinute?: number;
  readonly toMinute?: number;
}

/** What people said about scores of some series, as it acts on them after the detectors agreed. What is absent stays as shipped. */
export interface Tuning {
  readonly scope: TuningScope;
  readonly window?: TuningWindow;
  /** The score that is the notice border here: scores are divided by it. */
  readonly threshold?: number;
  /** The direction that is news. */
  readonly direction?: 'up' | 'down' | 'both';
  /** A smaller change is no finding: in units of the measure, and as a share of what was expected. */
  readonly minimumChange?: number;
  readonly minimumShare?: number;
}

/** Settings of `score` that were tried in shadow and promoted: they act in place of what the configuration says. */
export interface TunedSettings {
  readonly noticeSurprise?: number;
  readonly pageScore?: number;
  readonly without?: readonly string[];
}

/** All rules at one time. Versions only grow; going back to an earlier one makes a new one. */
export interface TuningVersion {
  readonly version: number;
  readonly rules: readonly Tuning[];
  /** Absent while nothing was promoted. */
  readonly settings?: TunedSettings;
  readonly atMs: number;
  readonly by: string;
  /** How the name is known. */
  readonly knownBy: string;
  /** A sentence. */
  readonly why: string;
  readonly feedbackId?: string;
}

/** What the rules would have done to stored scores. */
export interface TuningEffect {
  /** Where the scores came from; several when the ring did not reach back far enough. */
  readonly sources: readonly ('ring' | 'metrics_backend' | 'findings')[];
  /** Covered by the scores; equal when there were none. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly series: number;
  /** In scope, without stored scores or beyond what is looked at. */
  readonly seriesLeftOut: number;
  readonly steps: number;
  /** Some stored scores do not say enough for all parts of the rule; these count as they were. */
  readonly isApproximate: boolean;
  readonly before: FindingCounts;
  readonly after: FindingCounts;
}

export interface FindingCounts {
  readonly notices: number;
  readonly pages: number;
}

/** An opinion on what was found, or was not, and what came of it. */
export interface Feedback {
  readonly id: string;
  /** `expected`: it was no news. `missed`: it should have been found. */
  readonly verdict: 'expected' | 'missed';
  readonly state: 'proposed' | 'accepted' | 'rejected';
  readonly anomalyId?: string;
  readonly seriesId: string;
  readonly title: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly note: string;
  readonly rule: Tuning;
  /** What the rule was made from, a sentence. */
  readonly why: string;
  readonly effect: TuningEffect;
  readonly createdAtMs: number;
  readonly by: string;
  readonly knownBy: string;
  readonly editedAtMs?: number;
  readonly editedBy?: string;
  readonly decidedAtMs?: number;
  readonly decidedBy?: string;
  /** The version that an accepted one made. */
  readonly version?: number;
}
