import { expect, test } from '@jest/globals';
import type { Change } from '../../src/contract/change.ts';
import type { Injection } from '../director/injection.ts';
import { badDeploy } from '../faults/bad-deploy.ts';
import { latency } from '../faults/latency.ts';
import { anomaly, type AnomalyPlan } from '../testing/anomaly.ts';
import type { Finding } from './finding.ts';
import { summarise } from './summary.ts';

const injection: Injection = { id: 'latency-1', fault: latency, startMs: 10_400, endMs: 30_000 };
const finding = (plan: AnomalyPlan = {}): Finding => ({ anomaly: anomaly(plan), border: 'notice' });

test('a fault that nothing tells of is missed', () => {
  const { rows } = summarise({ injections: [injection], findings: [], changes: [] });
  expect(rows).toEqual([{ injection, matches: 0, sideEffects: 0 }]);
});

test.each([
  [11_000, 1],
  [12_000, 1],
  [13_000, 2],
])('raised by the bucket that ends at %d ms, the delay is %d whole buckets under the fault', (endMs, buckets) => {
  const { rows } = summarise({ injections: [injection], findings: [finding({ endMs })], changes: [] });
  expect(rows[0]?.found?.delay).toEqual({ buckets, ms: 2_100 });
});

test('the finding that the earliest bucket raised counts', () => {
  const late = finding({ id: 'late', endMs: 14_000, peakScore: 9 });
  const { rows } = summarise({ injections: [injection], findings: [late, finding()], changes: [] });
  expect(rows[0]?.found?.finding.anomaly.id).not.toBe('late');
  expect(rows[0]?.matches).toBe(2);
});

test('of several that one bucket raised, the signal that the fault names first counts, then the score', () => {
  const metric = finding({ series: { signal: 'metrics', measure: 'mean', metric: 'http.server.request.duration' } });
  const high = finding({ id: 'high', peakScore: 9 });
  const { rows } = summarise({ injections: [injection], findings: [metric, finding(), high], changes: [] });
  expect(rows[0]?.found?.finding).toBe(high);
});

test('a finding in the faulty service goes before an earlier one in the caller', () => {
  const caller = finding({ id: 'caller', endMs: 10_500, series: { service: 'checkout' } });
  const { rows } = summarise({ injections: [injection], findings: [caller, finding()], changes: [] });
  expect(rows[0]?.found?.finding.anomaly.series.service).toBe('payment');
});

test('side effects and false findings are kept apart', () => {
  const side = finding({ id: 'side', series: { service: 'storefront' } });
  const wrong = finding({ id: 'wrong', series: { service: 'catalog' } });
  const { rows, falseFindings } = summarise({ injections: [injection], findings: [side, wrong], changes: [] });
  expect(rows[0]).toMatchObject({ matches: 0, sideEffects: 1 });
  expect(falseFindings).toEqual([wrong]);
});

test('a deploy is seen when its version appeared in its service while it lasted', () => {
  const deploy: Injection = { ...injection, fault: badDeploy };
  const change: Change = {
    id: 'c',
    tenant: '',
    kind: 'deploy',
    service: 'payment',
    environment: 'demo',
    timeMs: 10_900,
    from: '1.4.0',
    to: '1.5.0',
    source: 'resource',
  };
  const seen = (changes: readonly Change[]): boolean | undefined =>
    summarise({ injections: [deploy], findings: [], changes }).rows[0]?.changeSeen;
  expect(seen([change])).toBe(true);
  expect(seen([{ ...change, service: 'catalog' }])).toBe(false);
  expect(seen([{ ...change, timeMs: 900_000 }])).toBe(false);
  expect(seen([])).toBe(false);
});
