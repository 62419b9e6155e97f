import type { Band } from './ensemble.ts';
import { factorsOf } from './explanation.ts';
import type { Finding } from './finding.ts';
import { valueOf } from './measure-profile.ts';
import type { Judgement } from './series-judge.ts';

const NANOSECONDS = 1e6;

/** What a finding says of itself is what was seen at its peak. */
export function describePeak(finding: Finding, judgement: Judgement): void {
  const { entry, reading, step, verdict, expected } = judgement;
  const { measure } = finding.series;
  finding.observed = measure === 'new_template' || measure === 'new_edge' ? reading.events : reading.value;
  finding.expected = orZero(expected);
  const { lower, upper } = reading.band ?? forecastBand(judgement);
  finding.lower = orZero(lower);
  finding.upper = orZero(upper);
  if (measure === 'silence' || measure === 'signal_loss') describeSilence(finding, reading);
  // Usual is anything up to what a watch knows.
  else if (Number.isNaN(upper) && reading.expected !== undefined) finding.upper = Math.max(0, reading.expected);
  // Where a watch knows what is usual no forecast says on which side the value is.
  const isUp = reading.expected === undefined ? step.direction > 0 : reading.value >= reading.expected;
  finding.direction = isUp ? 'up' : 'down';
  if (reading.expected === undefined)
    finding.moment = entry.ensemble.season.moment(entry.at, entry.measure, step, verdict.forecaster);
  if (reading.peers !== undefined) finding.peers = reading.peers;
  finding.reasons = entry.ensemble.reasons(entry.measure, step, verdict);
  finding.factors = factorsOf(verdict, judgement.score);
}

/** It is judged by steps without data; people are told of time, nanoseconds as everywhere. Expected is the next data after a step. */
function describeSilence(finding: Finding, { value, stepMs }: Judgement['reading']): void {
  const step = stepMs * NANOSECONDS;
  Object.assign(finding, { observed: value * step, expected: step, lower: 0, upper: step });
}

function forecastBand({ entry, step, verdict, profile, span }: Judgement): Band {
  const { lower, upper } = entry.ensemble.band(entry.at, entry.measure, step, verdict);
  return { lower: valueOf(profile, lower, span), upper: valueOf(profile, upper, span) };
}

/** Of silence and of new kinds of lines none are expected. */
function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
