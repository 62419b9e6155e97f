import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Injection } from '../director/injection.ts';
import type { Expectation, Fault } from '../faults/fault.ts';

/** The rule, as it is printed under the table. */
export const matchRule =
  'Found: a finding in the faulty service or the caller it fails, of an expected signal, measure and direction, that ' +
  'was raised by a bucket of the time of the fault. Side effect: another finding in a service that the fault disturbs, until it is ' +
  'worked off. False: every other finding.';

export type Verdict =
  { readonly kind: 'found' | 'side_effect'; readonly injection: Injection } | { readonly kind: 'false' };

/** What an anomaly is, as it was when it was opened, given what was injected. */
export function judge(anomaly: Anomaly, injections: readonly Injection[]): Verdict {
  const during = injections.filter((injection) => wasRaisedIn(anomaly, injection, 0));
  const found = during.find(({ fault }) => expectationOf(anomaly, fault) !== -1);
  if (found !== undefined) return { kind: 'found', injection: found };
  const disturbed = injections.find(
    (injection) =>
      wasRaisedIn(anomaly, injection, injection.fault.recoveryMs) &&
      injection.fault.disturbs.some((service) => service === anomaly.series.service),
  );
  return disturbed === undefined ? { kind: 'false' } : { kind: 'side_effect', injection: disturbed };
}

/** The bucket that raised it, which is where it ends when it is opened, overlaps the time of the fault. */
function wasRaisedIn(anomaly: Anomaly, { startMs, endMs = Infinity }: Injection, extraMs: number): boolean {
  return anomaly.endMs > startMs && anomaly.endMs - anomaly.stepMs <= endMs + extraMs;
}

/** Place of the first expectation of the fault that the anomaly meets; -1 when it meets none. */
export function expectationOf({ series, direction }: Anomaly, fault: Fault): number {
  if (series.service !== fault.service && series.service !== fault.caller) return -1;
  return fault.expect.findIndex(
    (expected: Expectation) =>
      expected.signal === series.signal &&
      expected.direction === direction &&
      expected.measures.includes(series.measure) &&
      (expected.metrics === undefined || expected.metrics.includes(series.metric ?? '')),
  );
}
