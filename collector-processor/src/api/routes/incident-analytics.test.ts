import { afterEach, expect, test } from '@jest/globals';
import { memberOf } from '../../correlate/incidents/member.ts';
import type { IncidentEvent, IncidentFact } from '../../model/incident.ts';
import { anAnomaly, anIncident, findingId, NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

const MINUTE_MS = 60_000;
let api: TestApi;
afterEach(() => api.stop());

interface Told {
  readonly afterMs: number;
  readonly fact: IncidentFact;
  readonly actor?: string;
}

async function tell(id: string, openedMs: number, told: readonly Told[]): Promise<void> {
  const opened: Told = { afterMs: 0, fact: { kind: 'opened', tenant: '' } };
  const events = [opened, ...told].map(({ afterMs, fact, actor = '' }, index): IncidentEvent => ({
    ...{ incidentId: id, sequence: index + 1, atMs: openedMs + afterMs, actor, fact },
  }));
  const summary = anIncident({ id, startMs: openedMs, endMs: openedMs + MINUTE_MS, openedAtMs: openedMs });
  for (const event of events) await api.store.incidents.record(event, summary);
}

const state = (to: 'acknowledged' | 'watching' | 'closed', afterMs: number, actor = ''): Told => ({
  ...{ afterMs, actor, fact: { kind: 'state', state: to, reason: '' } },
});
const finding = (number: number, detector: string) => {
  const one = anAnomaly({ id: findingId(number), reasons: [{ detector, score: 2, agreed: true, text: '' }] });
  return { one, told: { afterMs: 0, fact: { kind: 'anomaly', anomaly: memberOf(one) } } as const };
};

test('times until somebody took it and until nothing fired, and what was raised for nobody', async () => {
  api = await startApi();
  const [needed, unneeded] = [finding(1, 'level'), finding(2, 'spike')];
  for (const { one } of [needed, unneeded]) await api.store.anomalies.record({ kind: 'opened', anomaly: one });
  await tell('1', NOON, [
    needed.told,
    state('acknowledged', 2 * MINUTE_MS, 'Ana'),
    state('watching', 9 * MINUTE_MS),
    state('closed', 19 * MINUTE_MS),
  ]);
  await tell('2', NOON, [unneeded.told, state('watching', MINUTE_MS), state('closed', 11 * MINUTE_MS)]);
  const answer = await (await api.ask('/api/v1/incident-analytics')).json();
  expect(answer).toEqual({
    incidents: 2,
    alarmsPerIncident: 1,
    acknowledge: { incidents: 1, medianMs: 2 * MINUTE_MS, meanMs: 2 * MINUTE_MS },
    resolve: { incidents: 2, medianMs: 5 * MINUTE_MS, meanMs: 5 * MINUTE_MS },
    detectors: [
      { detector: 'spike', findings: 1, unneeded: 1, noise: 1 },
      { detector: 'level', findings: 1, unneeded: 0, noise: 0 },
    ],
    complete: true,
  });
});

test('without incidents there is nothing to tell', async () => {
  api = await startApi();
  expect(await (await api.ask('/api/v1/incident-analytics')).json()).toMatchObject({
    incidents: 0,
    alarmsPerIncident: null,
    resolve: { medianMs: null },
  });
});

test('an earlier incident that showed the same is found with what both show; a later or a strange one is not', async () => {
  api = await startApi();
  const strange = anAnomaly({ id: findingId(9), direction: 'down' });
  await tell('1', NOON - 60 * MINUTE_MS, [finding(1, 'level').told]);
  await tell('2', NOON - 50 * MINUTE_MS, [{ afterMs: 0, fact: { kind: 'anomaly', anomaly: memberOf(strange) } }]);
  await tell('3', NOON, [finding(3, 'level').told]);
  await tell('4', NOON + MINUTE_MS, [finding(4, 'level').told]);
  const answer = (await (await api.ask('/api/v1/incidents/3/similar')).json()) as {
    items: { incident: { id: string } }[];
  };
  expect(answer.items.map(({ incident }) => incident.id)).toEqual(['1']);
  expect(answer.items[0]).toMatchObject({ similarity: 1, shared: ['checkout: error_ratio up'] });
  expect((await api.ask('/api/v1/incidents/77/similar')).status).toBe(404);
});
