import { expect, test } from '@jest/globals';
import type { IncidentDetail } from '../../src/contract/incident.ts';
import type { Injection } from '../director/injection.ts';
import { badDeploy } from '../faults/bad-deploy.ts';
import { latency } from '../faults/latency.ts';
import { judgeIncidents } from './judge-incidents.ts';

type Fact = IncidentDetail['timeline'][number]['fact'];
type Member = Extract<Fact, { readonly kind: 'anomaly' }>['anomaly'];

const injection: Injection = { id: 'latency-1', fault: latency, startMs: 100_000, endMs: 125_000 };
const member = (id: string, service: string, startMs: number): Member => ({
  ...{ id, service, startMs, state: 'open', border: 'notice', peakMs: startMs, endMs: startMs + 1000, peakScore: 3 },
  ...{ direction: 'up', sentence: '', exampleTraceIds: [], environment: 'demo', signal: 'traces', measure: 'p50' },
  seriesId: id,
});
const causes = (service: string, kind: 'failure' | 'symptom' | 'change'): Fact => ({
  kind: 'causes',
  causes: {
    ...{ caseId: '', version: '' },
    candidates: [
      {
        kind,
        title: service,
        service,
        verdict: 'supported',
        confidence: 'medium',
        supporting: [],
        contradicting: [],
        missing: [],
      },
    ],
  },
});
const watching: Fact = { kind: 'state', state: 'watching', reason: '' };

function incident(id: string, ...facts: readonly (readonly [number, Fact])[]): IncidentDetail {
  const state = { state: 'closed', severity: 'minor' } as const;
  const summary = { id, tenant: '', title: '', owner: '', demoted: '', mergedInto: '', ...state };
  const times = { openedAtMs: 0, stateSinceMs: 0, startMs: 0, endMs: 0, firing: 0, services: [], anomalies: 1 };
  const timeline = facts.map(([atMs, fact], at) => ({ incidentId: id, sequence: at + 1, atMs, actor: '', fact }));
  return { incident: { ...summary, ...times }, allowed: [], timeline };
}

const effect = (id = 'a', service = 'payment'): readonly [number, Fact] => [
  103_000,
  { kind: 'anomaly', anomaly: member(id, service, 101_000) },
];
const judge = (...details: readonly IncidentDetail[]) => judgeIncidents([injection], details, 1000).get('latency-1');

test('one incident with the faulty service and the kind of the fault first is right', () => {
  const one = incident(
    '1',
    effect(),
    effect('b', 'checkout'),
    [104_000, causes('payment', 'failure')],
    [130_000, watching],
  );
  expect(judge(one, incident('2', effect('c', 'fulfilment-elsewhere')))).toEqual({
    incidents: ['1'],
    id: '1',
    cause: { service: 'payment', kind: 'failure', confidence: 'medium' },
    missing: [],
    right: true,
  });
});

test.each([
  [
    'two incidents',
    [incident('1', effect(), [1, causes('payment', 'failure')], [130_000, watching]), incident('2', effect('b'))],
  ],
  ['another kind', [incident('1', effect(), [1, causes('payment', 'symptom')], [130_000, watching])]],
  ['another service', [incident('1', effect(), [1, causes('checkout', 'failure')], [130_000, watching])]],
  ['no cause', [incident('1', effect(), [130_000, watching])]],
  ['no recovery', [incident('1', effect(), [1, causes('payment', 'failure')], [110_000, watching])]],
  ['nothing', []],
])('%s is wrong', (_what, details) => {
  expect(judge(...details)?.right).toBe(false);
});

test('a deploy has to be in the timeline', () => {
  const deploy: Injection = { ...injection, id: 'deploy', fault: badDeploy };
  const one = incident('1', effect(), [1, causes('payment', 'change')], [130_000, watching]);
  expect(judgeIncidents([deploy], [one], 1000).get('deploy')).toMatchObject({ right: false, missing: ['change'] });
});
