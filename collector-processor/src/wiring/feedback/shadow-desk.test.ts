import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ShadowDesk } from '../../api/shadow-desk.ts';
import { startApi, type TestApi } from '../../api/testing/api-server.ts';
import type { TuningVersion } from '../../contract/feedback.ts';
import type { Shadow } from '../../contract/shadow.ts';
import type { Role } from '../../contract/token.ts';
import type { IncidentSummary } from '../../model/incident.ts';
import type { ShadowNote, ShadowReport } from '../../model/shadow.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { Tunings } from '../../score/tuning/tunings.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import { createShadowDesk } from './shadow-desk.ts';
import { createTuningSync } from './tuning-sync.ts';
import { createVersionMaker } from './version-maker.ts';

const series = aSeries();
const rule = { scope: { tenant: '', service: 'cart' }, threshold: 2 };
const settings = { noticeSurprise: 3, pageScore: 1.5, without: ['pattern'], rules: [rule] };
const note: ShadowNote = {
  ...{ kind: 'raised', series, title: 'errors', startMs: NOON, endMs: NOON + 60_000, isOpen: false },
  ...{ peakScore: 1.2, isPage: false, beside: 'service' },
};
const report: ShadowReport = {
  ...{ sinceMs: NOON, settings, live: { ...settings, noticeSurprise: 2.1, without: [], rules: [] } },
  ...{ sharesScores: false, series: 3, seriesLeftOut: 0, steps: 900, raised: 2, pages: 0, besideSeries: 0 },
  ...{ besideService: 1, alone: 1, liveRaised: 1, missed: 1 },
  notes: [note, { ...note, startMs: NOON + 600_000, endMs: NOON + 700_000, beside: 'alone' }],
};

let api: TestApi;
let tunings: Tunings;
let shadow: ShadowReport | undefined;
let incident: Partial<IncidentSummary>;

beforeEach(async () => {
  const late: { desk?: ShadowDesk } = {};
  const there = (): ShadowDesk => {
    if (late.desk === undefined) throw new Error('not yet');
    return late.desk;
  };
  const provided: ShadowDesk = { report: () => there().report(), promote: (...all) => there().promote(...all) };
  api = await startApi({ providers: { shadow: provided } });
  tunings = new Tunings();
  shadow = report;
  incident = { id: 'INC-1', tenant: series.tenant, services: [series.service], startMs: NOON, endMs: NOON + 1 };
  const common = { clock: systemClock, logger: silentLogger, metrics: createSelfMetrics() };
  const sync = createTuningSync({ versions: api.store.tunings, tunings, refreshMs: 1000, ...common });
  const nowMs = (): number => NOON;
  late.desk = createShadowDesk({
    shadow: () => shadow,
    incidents: { list: () => Promise.resolve({ items: [incident as IncidentSummary], total: 1, totalIsExact: true }) },
    versions: createVersionMaker({ store: api.store.tunings, sync, maxVersions: 10, nowMs, ...common }),
    maxRules: 1,
  });
});
afterEach(() => api.stop());

async function promote(body: object, role: Role = 'operator') {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', body: JSON.stringify(body), headers };
  const response = await api.ask('/api/v1/shadow/promote', role, init);
  return { status: response.status, body: (await response.json()) as TuningVersion };
}

async function read(): Promise<Shadow> {
  return (await (await api.ask('/api/v1/shadow', 'reader')).json()) as Shadow;
}

test('what it would have told is put beside the incidents of its services', async () => {
  expect(await read()).toMatchObject({
    state: 'running',
    report: {
      raised: 2,
      missed: 1,
      looked: 2,
      insideIncidents: 1,
      notes: [{ incidentId: 'INC-1' }, { beside: 'alone' }],
    },
  });
  incident = { ...incident, tenant: 'other' };
  expect(await read()).toMatchObject({ report: { insideIncidents: 0 } });
});

test('without one there is nothing to tell and nothing to promote', async () => {
  shadow = undefined;
  expect(await read()).toEqual({ state: 'off' });
  expect(await promote({})).toMatchObject({ status: 409 });
});

test('promoted it acts, with who did it and why; again is the same', async () => {
  const { rules, ...rest } = settings;
  const made = { version: 1, rules, settings: rest, by: 'the operator', knownBy: 'token', atMs: NOON };
  const { status, body } = await promote({ why: 'A week without harm.' });
  expect([status, body]).toMatchObject([200, { ...made, why: 'Promoted from the shadow. A week without harm.' }]);
  expect([tunings.all, tunings.settings]).toEqual([rules, rest]);
  expect(await promote({})).toMatchObject({ status: 200, body: { version: 1 } });
});

test('who may not promote is refused, and so are more rules than are allowed', async () => {
  expect(await promote({}, 'responder')).toMatchObject({ status: 403 });
  const other = { scope: { tenant: '', service: 'search' }, threshold: 2 };
  shadow = { ...report, settings: { ...settings, rules: [rule, other] } };
  expect(await promote({})).toMatchObject({ status: 409 });
  expect(tunings.all).toEqual([]);
});
