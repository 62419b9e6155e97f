import { factorsOf } from './explanation.ts';
import type { Finding } from './finding.ts';
import { valueOf } from './measure-profile.ts';
import type { Judgement } from './series-judge.ts';

/** What a finding says of itself is what was seen at its peak. */
export function describePeak(finding: Finding, judgement: Judgement): void {
  const { entry, reading, step, verdict, profile, expected, span } = judgement;
  const { lower, upper } = entry.ensemble.band(entry.at, entry.measure, step, verdict);
  const { measure } = finding.series;
  finding.observed = measure === 'new_template' || measure === 'new_edge' ? reading.events : reading.value;
  finding.expected = orZero(expected);
  finding.lower = orZero(valueOf(profile, lower, span));
  finding.upper = orZero(valueOf(profile, upper, span));
  finding.direction = step.direction > 0 ? 'up' : 'down';
  finding.reasons = entry.ensemble.reasons(entry.measure, step, verdict);
  finding.factors = factorsOf(verdict, judgement.score);
}

/** Of silence and of new kinds of lines none are expected. */
function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
