import { afterEach, expect, test } from '@jest/globals';
import { NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';
import { aReport, aSlo, fakeSloDesk } from '../testing/fake-slo-desk.ts';

let api: TestApi;
afterEach(() => api.stop());

const read = async (path: string) => {
  const answer = await api.ask(path, 'reader');
  return { status: answer.status, body: await answer.json() };
};

test('history and burners are told for the asked range, or for the window of the SLO', async () => {
  api = await startApi({ providers: { slos: fakeSloDesk([aSlo()]) } });
  expect(await read('/api/v1/slos/shop-checkout/history')).toMatchObject({
    status: 200,
    body: { toMs: NOON, stepMs: 3_600_000, left: [0.12], leftUncorrected: [null] },
  });
  expect(await read(`/api/v1/slos/shop-checkout/history?from=5&to=9&step=day`)).toMatchObject({
    body: { fromMs: 5, toMs: 9, stepMs: 86_400_000 },
  });
  expect(await read('/api/v1/slos/shop-checkout/burned?from=5&to=9')).toMatchObject({
    body: { fromMs: 5, toMs: 9, rest: { bad: 5 } },
  });
});

test.each(['from=9&to=5', 'from=9', `from=0&to=${500 * 86_400_000}`])('a range of %s is refused', async (range) => {
  api = await startApi({ providers: { slos: fakeSloDesk([aSlo()]) } });
  for (const what of ['history', 'burned']) {
    expect(await read(`/api/v1/slos/shop-checkout/${what}?${range}`)).toMatchObject({
      status: 400,
      body: { error: { field: 'query/from' } },
    });
  }
});

test('an SLO that is not there has neither, and says where they are listed', async () => {
  api = await startApi({ providers: { slos: fakeSloDesk([]) } });
  for (const what of ['history', 'burned']) {
    expect(await read(`/api/v1/slos/nothing/${what}`)).toMatchObject({
      status: 404,
      body: { error: { message: 'There is no SLO nothing.' } },
    });
  }
});

test('a month is reported as JSON and as Markdown without markup of others', async () => {
  const scope = { service: 'shop' };
  const correction = { id: 'a', fromMs: 0, toMs: 60_000, scope, reason: '<b>DB</b>', author: 'ada', atMs: 0 };
  const burner = { kind: 'incident', id: '7', title: 'Errors in *shop*', service: 'shop', fromMs: 0, toMs: 1 } as const;
  const report = aReport({
    ...{ met: false, left: -0.18, group: { region: 'eu' }, unknownMinutes: 12 },
    corrections: [{ ...correction, source: 'person' }],
    burners: [{ ...burner, bad: 3, share: 0.3 }],
  });
  api = await startApi({ providers: { slos: fakeSloDesk([aSlo()], { report: () => Promise.resolve(report) }) } });
  expect((await read('/api/v1/slos/report?month=2026-03')).body).toEqual(report);
  const text = await (await api.ask('/api/v1/slos/report.md?month=2026-03', 'reader')).text();
  expect(text).toContain('# Objectives in 2026-03');
  expect(text).toContain('| Checkout availability (region eu) | shop | 99% | 99.6% | **no** | -18% | 60% |');
  expect(text).toContain('Nobody knows how 12 minutes were.');
  expect(text).toContain(String.raw`- Incident Errors in \*shop\*, 1970-01-01 00:00:00: 3 bad, 30% of the budget`);
  expect(text).toContain(String.raw`Taken out: 1970-01-01 00:00:00 to 1970-01-01 00:01:00, \<b\>DB\</b\> (ada)`);
  expect((await read('/api/v1/slos/report?month=2026-13')).status).toBe(400);
});

test('maintenance windows are listed', async () => {
  api = await startApi({ providers: { slos: fakeSloDesk([]) } });
  expect((await read('/api/v1/maintenance')).body).toEqual({ items: [] });
});
