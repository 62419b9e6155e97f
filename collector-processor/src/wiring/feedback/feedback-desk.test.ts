import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FeedbackDesk } from '../../api/feedback-desk.ts';
import { startApi, type TestApi } from '../../api/testing/api-server.ts';
import type { Feedback, TuningVersion } from '../../contract/feedback.ts';
import type { Role } from '../../contract/token.ts';
import { createMetricsStore } from '../../publish/history/metrics-store.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { Tunings } from '../../score/tuning/tunings.ts';
import { anAnomaly, aSeries, findingId, NOON } from '../../store/testing/builders.ts';
import { createFeedbackDesk } from './feedback-desk.ts';
import { createScoreArchive } from './score-archive.ts';
import { createTuningSync, type TuningSync } from './tuning-sync.ts';
import { createVersionMaker } from './version-maker.ts';

const series = aSeries();
const stepMs = 10_000;
const scores = [0, 1.2, 1.3, 1.2, 0, 0, 0];
const stored = scores.map((score, at) => ({
  timeMs: NOON + at * stepMs,
  score,
  ungated: score,
  value: 0.2,
  expected: 0,
}));

let api: TestApi;
let tunings: Tunings;
let sync: TuningSync;
let exported: string;

beforeEach(async () => {
  const late: { desk?: FeedbackDesk } = {};
  const there = (): FeedbackDesk => {
    if (late.desk === undefined) throw new Error('not yet');
    return late.desk;
  };
  const feedback: FeedbackDesk = {
    give: (...all) => there().give(...all),
    edit: (...all) => there().edit(...all),
    accept: (...all) => there().accept(...all),
    reject: (...all) => there().reject(...all),
    rollBack: (...all) => there().rollBack(...all),
    acting: () => there().acting(),
  };
  api = await startApi({ providers: { feedback } });
  tunings = new Tunings();
  exported = '';
  const metrics = createSelfMetrics();
  const common = { clock: systemClock, logger: silentLogger, metrics };
  sync = createTuningSync({ versions: api.store.tunings, tunings, refreshMs: 1000, ...common });
  const archive = createScoreArchive({
    options: { lookback: 86_400_000, maxPoints: 100, timeout: 1000 },
    metricsStore: createMetricsStore({
      options: { endpoint: 'http://vm', headers: {}, timeout: 1000, maxBytes: 10_000 },
      tenantHeaders: () => ({}),
      fetch: () => Promise.resolve(new Response(exported, { status: exported === '' ? 500 : 200 })),
    }),
    nowMs: () => NOON,
    ...common,
  });
  const versions = createVersionMaker({
    ...{ store: api.store.tunings, sync, maxVersions: 100, nowMs: () => NOON, ...common },
  });
  late.desk = createFeedbackDesk({
    ...{ options: { maxRules: 2 }, store: api.store, sync, versions, nowMs: () => NOON, ...common },
    scores: {
      ring: () => ({ stored: [{ series, stepMs, sources: ['ring'], steps: stored }], leftOut: 0 }),
      archive: () => archive,
    },
    watched: (id) => (id === series.id ? { series, stepMs } : undefined),
    pageScore: () => 1.5,
  });
  await api.store.anomalies.record({ kind: 'closed', anomaly: anAnomaly({ series, peakScore: 1.3, state: 'closed' }) });
});
afterEach(() => api.stop());

async function send(method: string, path: string, body?: object, role: Role = 'operator') {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await api.ask(`/api/v1/${path}`, role, { method, ...init });
  return { status: response.status, body: (await response.json()) as Feedback & TuningVersion & { error?: object } };
}

const expected = { id: 'f1', verdict: 'expected', anomaly: findingId(1) };

describe('an expected finding', () => {
  test('is answered with a rule and what it would have done, and nothing changes yet', async () => {
    const { status, body } = await send('POST', 'feedback', expected);
    expect([status, body]).toMatchObject([
      201,
      {
        ...{ id: 'f1', state: 'proposed', by: 'the operator', knownBy: 'token', createdAtMs: NOON },
        rule: { scope: { tenant: '', seriesId: series.id }, threshold: 1.45 },
        effect: { sources: ['ring'], fromMs: NOON, steps: 7, before: { notices: 1, pages: 0 }, after: { notices: 0 } },
      },
    ]);
    expect(tunings.all).toEqual([]);
    expect(await send('POST', 'feedback', expected)).toMatchObject({ status: 200, body: { id: 'f1' } });
    expect(await send('POST', 'feedback', { ...expected, verdict: 'missed' })).toMatchObject({ status: 409 });
  });

  test('is edited, accepted once, acts, and is rolled back as a version of its own', async () => {
    await send('POST', 'feedback', expected);
    const rule = { scope: { tenant: '', service: series.service }, threshold: 1.2 };
    const edited = await send('PUT', 'feedback/f1/rule', { rule });
    expect(edited.body).toMatchObject({ rule, editedBy: 'the operator', effect: { after: { notices: 1 } } });
    expect((await send('POST', 'feedback/f1/accept')).body).toMatchObject({ state: 'accepted', version: 1 });
    expect((await send('POST', 'feedback/f1/accept')).body).toMatchObject({ state: 'accepted', version: 1 });
    expect(tunings.all).toEqual([rule]);
    expect(await send('POST', 'feedback/f1/reject')).toMatchObject({ status: 409 });
    const back = await send('POST', 'tunings/rollback', { version: 0, why: 'Too quiet.' });
    expect(back.body).toMatchObject({ version: 2, rules: [], why: 'Back to version 0. Too quiet.' });
    expect(tunings.all).toEqual([]);
    const listed = await send('GET', 'tunings', undefined, 'reader');
    expect(listed.body).toMatchObject({ acting: 2, items: [{ version: 2 }, { version: 1, feedbackId: 'f1' }] });
  });

  test('is rejected and nothing changes', async () => {
    await send('POST', 'feedback', expected);
    expect((await send('POST', 'feedback/f1/reject')).body).toMatchObject({
      state: 'rejected',
      decidedBy: 'the operator',
    });
    expect(await send('POST', 'feedback/f1/accept')).toMatchObject({ status: 409 });
    expect(
      await send('PUT', 'feedback/f1/rule', { rule: { scope: { tenant: '', service: 'x' }, threshold: 2 } }),
    ).toMatchObject({
      status: 409,
    });
  });
});

test('what was missed on a series is answered from its scores of that time', async () => {
  const missed = { verdict: 'missed', series: series.id, from: NOON, to: NOON + 30_000 };
  expect((await send('POST', 'feedback', missed)).body).toMatchObject({ verdict: 'missed', rule: { threshold: 1 } });
  expect(await send('POST', 'feedback', { ...missed, series: 'none' })).toMatchObject({ status: 404 });
  expect(await send('POST', 'feedback', { ...missed, verdict: 'expected' })).toMatchObject({ status: 400 });
  expect(await send('POST', 'feedback', { verdict: 'missed' })).toMatchObject({ status: 400 });
});

test('what has no score in each step is tried on its findings, and what cannot act on it is refused with the reason', async () => {
  const news = (part: number, peakScore: number) =>
    anAnomaly({
      ...{ id: findingId(part), state: 'closed', peakScore, expected: NaN },
      series: { ...series, id: `template${part}`, measure: 'new_template' },
    });
  for (const [part, score] of [
    [2, 1.6],
    [3, 1.2],
    [4, 2.5],
  ] as const) {
    await api.store.anomalies.record({ kind: 'closed', anomaly: news(part, score) });
  }
  const { status, body } = await send('POST', 'feedback', { ...expected, anomaly: findingId(2) });
  expect([status, body]).toMatchObject([
    201,
    {
      rule: { scope: { service: series.service, measure: 'new_template' }, threshold: 1.8 },
      why: expect.stringContaining('known now'),
      effect: { sources: ['findings'], steps: 3, before: { notices: 3 }, after: { notices: 1 }, isApproximate: true },
    },
  ]);
  const sized = { scope: { tenant: '', service: series.service, measure: 'new_template' }, minimumChange: 3 };
  const refused = await send('PUT', 'feedback/f1/rule', { rule: sized });
  expect(refused).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('threshold') } } });
});

test('scores from before what memory holds come from the metrics store', async () => {
  const metric = { __name__: 'anomaly_score', series_id: series.id };
  const timestamps = [1, 2, 3].map((step) => NOON - 1_000_000 + step * stepMs);
  exported = `${JSON.stringify({ metric, values: [1.2, 1.3, 1.2], timestamps })}\n`;
  const { body } = await send('POST', 'feedback', expected);
  expect(body.effect).toMatchObject({
    sources: ['ring', 'metrics_backend'],
    fromMs: timestamps[0],
    steps: 10,
    before: { notices: 2 },
  });
});

test('who may not is refused, and so is a rule that means too much, too little or too many', async () => {
  expect(await send('POST', 'feedback', expected, 'reader')).toMatchObject({ status: 403 });
  await send('POST', 'feedback', expected, 'responder');
  expect(await send('POST', 'feedback/f1/accept', undefined, 'responder')).toMatchObject({ status: 403 });
  const put = (rule: object) => send('PUT', 'feedback/f1/rule', { rule });
  expect(await put({ scope: { tenant: '' }, threshold: 2 })).toMatchObject({ status: 400 });
  expect(await put({ scope: { tenant: '', service: 'x' } })).toMatchObject({ status: 400 });
  expect(await put({ scope: { tenant: 'acme', service: 'x' }, threshold: 2 })).toMatchObject({ status: 400 });
  expect(
    await put({ scope: { tenant: '', service: 'x' }, threshold: 2, window: { fromMs: 2, toMs: 1 } }),
  ).toMatchObject({ status: 400 });
  for (const version of [1, 2]) {
    const rules = Array.from({ length: version }, (_one, at) => ({
      scope: { tenant: '', service: `s${at}` },
      threshold: 2,
    }));
    await api.store.tunings.add({ version, rules, atMs: NOON, by: '', knownBy: 'nobody', why: '' });
  }
  expect(await send('POST', 'feedback/f1/accept')).toMatchObject({ status: 409 });
});

test('a rule that another process accepted acts after the next look at the store', async () => {
  const rules = [{ scope: { tenant: '', service: 'cart' }, threshold: 2 }];
  await api.store.tunings.add({ version: 7, rules, atMs: NOON, by: 'ada', knownBy: 'token', why: '' });
  await sync.start();
  await sync.stop();
  expect([sync.acting(), tunings.all]).toEqual([7, rules]);
});
