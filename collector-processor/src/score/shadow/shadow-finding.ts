import type { Series } from '../../model/anomaly.ts';
import type { Beside } from '../../model/shadow.ts';
import { patienceWith } from '../finding-rules.ts';
import { isLasting, pushStep } from '../onset.ts';
import type { Judgement } from '../series-judge.ts';

/** As of live findings: what is below is quiet, and so many quiet steps end one. */
const QUIET = 0.5;
const QUIET_STEPS = 3;

/** A finding that nobody is told of. */
export interface ShadowFinding {
  readonly series: Series;
  readonly startMs: number;
  endMs: number;
  peakScore: number;
  /** Furthest from the expected level, for habituation. */
  peakDistance: number;
  isPage: boolean;
  beside: Beside;
  quiet: number;
  bits: number;
}

export interface FollowOptions {
  readonly pageScore: number;
  /** Steps a series must have been seen before it may page. */
  readonly pageSteps: number;
  readonly newNormalAfter: number;
}

export function startFinding(series: Series, { reading: { timeMs, stepMs } }: Judgement): ShadowFinding {
  const begun = { series, startMs: timeMs - stepMs, endMs: timeMs, beside: 'alone' as const };
  return { ...begun, peakScore: 0, peakDistance: 0, isPage: false, quiet: 0, bits: 0 };
}

/** The next step of a series with a finding; `normal`: it lasted so long that it is the new one. */
export function follow(
  finding: ShadowFinding,
  { reading, score, held, verdict, profile, entry }: Judgement,
  { pageScore, pageSteps, newNormalAfter }: FollowOptions,
): 'open' | 'over' | 'normal' {
  finding.quiet = held >= QUIET ? 0 : finding.quiet + 1;
  if (held >= QUIET) finding.endMs = reading.timeMs;
  finding.bits = pushStep(finding.bits, score >= pageScore);
  finding.isPage ||= isLasting(finding.bits) && entry.ensemble.ageOf(entry.at) >= pageSteps;
  finding.peakDistance = Math.max(finding.peakDistance, verdict.distance);
  if (score > finding.peakScore) finding.peakScore = score;
  if (finding.quiet >= QUIET_STEPS) return 'over';
  return finding.endMs - finding.startMs > patienceWith(profile, newNormalAfter, reading.stepMs) ? 'normal' : 'open';
}

export function isQuiet({ held }: Judgement): boolean {
  return held < QUIET;
}
