import type { Fault } from '../faults/fault.ts';
import type { Finding } from './finding.ts';
import { expectationOf } from './match.ts';

/**
 * Which of several findings of a fault stands for it: one in the faulty service before one in the caller, then the one
 * that an earlier bucket raised, then the signal that the fault names first, then the higher score.
 */
export function foremost(findings: readonly Finding[], fault: Fault): Finding | undefined {
  return findings.toSorted((a, b) => {
    const [first, second] = [rankOf(a, fault), rankOf(b, fault)];
    const place = first.findIndex((value, index) => value !== second[index]);
    return place === -1 ? 0 : (first[place] ?? 0) - (second[place] ?? 0);
  })[0];
}

function rankOf({ anomaly }: Finding, fault: Fault): readonly number[] {
  const elsewhere = anomaly.series.service === fault.service ? 0 : 1;
  return [elsewhere, anomaly.endMs, expectationOf(anomaly, fault), -anomaly.peakScore];
}
