import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AnomalyPage } from '../../contract/anomaly.ts';
import { anAnomaly, aSeries, findingId, NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

const COUNT = 23;
const HOUR = 3_600_000;

let server: TestApi;
beforeAll(async () => {
  server = await startApi();
  await Promise.all(
    Array.from({ length: COUNT }, (_, number) =>
      server.store.anomalies.record({
        kind: 'opened',
        anomaly: anAnomaly({
          id: findingId(number),
          series: aSeries({
            service: number % 2 === 0 ? 'cart' : 'checkout',
            signal: number % 3 === 0 ? 'logs' : 'traces',
          }),
          startMs: NOON - Math.floor(number / 2) * HOUR,
          endMs: NOON - Math.floor(number / 2) * HOUR + 10_000,
          peakScore: 1 + (number % 5),
          border: number % 10 === 0 ? 'page' : 'notice',
          state: number < 4 ? 'open' : 'closed',
          upper: Number.POSITIVE_INFINITY,
        }),
      }),
    ),
  );
});
afterAll(() => server.stop());

async function list(query: string): Promise<AnomalyPage> {
  const response = await server.ask(`/api/v1/anomalies${query}`);
  expect([query, response.status]).toEqual([query, 200]);
  return (await response.json()) as AnomalyPage;
}

test('an anomaly is given as it was recorded, with null where there is no number', async () => {
  const response = await server.ask(`/api/v1/anomalies/${findingId(4)}`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ id: findingId(4), observed: 0.142, upper: null });
});

test('an unknown id is not found', async () => {
  const response = await server.ask(`/api/v1/anomalies/${findingId(99)}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { code: 'not_found', message: expect.stringContaining('There is no anomaly') },
  });
});

test.each(['', '?sort=startMs', '?sort=-peakScore', '?sort=-startMs&service=cart'])(
  'walking the pages of "%s" shows each once',
  async (query) => {
    const whole = await list(`${query === '' ? '?' : `${query}&`}limit=500`);
    const seen: string[] = [];
    let cursor: string | undefined = '';
    for (let pages = 0; cursor !== undefined && pages < 99; pages++) {
      const from = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: AnomalyPage = await list(`${query === '' ? '?' : `${query}&`}limit=4${from}`);
      expect(page.total).toBe(whole.total);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole.items.map(({ id }) => id));
    expect(new Set(seen).size).toBe(whole.total);
  },
);

test('findings that come while somebody pages disturb neither the pages nor the order', async () => {
  const first = await list('?limit=10');
  await server.store.anomalies.record({
    kind: 'opened',
    anomaly: anAnomaly({ id: findingId(77), startMs: NOON + HOUR }),
  });
  const second = await list(`?limit=100&cursor=${first.nextCursor ?? ''}`);
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(ids).toHaveLength(COUNT);
  expect(new Set(ids).size).toBe(COUNT);
  expect(ids).not.toContain(findingId(77));
});

describe('filters', () => {
  test.each([
    ['?service=cart&service=checkout', (total: number) => total >= COUNT],
    ['?service=cart', (total: number) => total === 12],
    ['?signal=logs', (total: number) => total === 8],
    ['?signal=logs&signal=metrics', (total: number) => total === 8],
    ['?state=open&to=' + String(NOON + 1), (total: number) => total === 4],
    ['?border=page', (total: number) => total === 3],
    ['?minScore=5', (total: number) => total >= 4],
    [`?from=${String(NOON - HOUR)}&to=${String(NOON)}`, (total: number) => total === 2],
    ['?q=ERROR%20ratio', (total: number) => total >= COUNT],
    ['?q=..%2F..//;', (total: number) => total === 0],
    ['?tenant=blue', (total: number) => total === 0],
    ['?series=00f1a2b3c4d5e6f7&limit=1', (total: number) => total >= COUNT],
  ])('%s', async (query, fits) => {
    const { total } = await list(query);
    expect([total, fits(total)]).toEqual([total, true]);
  });
});

describe('a wrong query is refused with the field', () => {
  test.each([
    ['?limit=0', 'query/limit'],
    ['?limit=501', 'query/limit'],
    ['?limit=ten', 'query/limit'],
    ['?sort=score', 'query/sort'],
    ['?state=ended', 'query/state'],
    ['?signal=events', 'query/signal/0'],
    ['?from=yesterday', 'query/from'],
    ['?from=-1', 'query/from'],
    ['?service=' + 'x'.repeat(501), 'query/service/0'],
    ['?serivce=cart', 'query/serivce'],
    ['?cursor=nonsense', 'query/cursor'],
    ['?cursor=' + Buffer.from('["startMs",1,"x"]').toString('base64url'), 'query/cursor'],
    ['?state=open&state=closed', 'query/state'],
  ])('%s', async (query, field) => {
    const response = await server.ask(`/api/v1/anomalies${query}`);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { requestId: string } };
    expect(error).toMatchObject({ code: 'invalid_request', field, message: expect.stringMatching(/\.$/) });
    expect(error.requestId).toBe(response.headers.get('x-request-id'));
  });
});

test('an unchanged answer is 304 without a body', async () => {
  const first = await server.ask('/api/v1/anomalies?limit=3');
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\//);
  const headers = { 'if-none-match': etag };
  const second = await server.ask('/api/v1/anomalies?limit=3', 'reader', { headers });
  expect(second.status).toBe(304);
  expect(await second.text()).toBe('');
  await server.store.anomalies.record({
    kind: 'opened',
    anomaly: anAnomaly({ id: findingId(78), startMs: NOON + 2 * HOUR }),
  });
  expect((await server.ask('/api/v1/anomalies?limit=3', 'reader', { headers })).status).toBe(200);
});

test('a large answer is compressed for who takes gzip', async () => {
  const path = '/api/v1/anomalies?limit=500';
  const plain = await server.ask(path, 'reader', { headers: { 'accept-encoding': 'identity' } });
  const packed = await server.ask(path, 'reader', { headers: { 'accept-encoding': 'br, gzip;q=0.5' } });
  const declined = await server.ask(path, 'reader', { headers: { 'accept-encoding': 'gzip;q=0' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(declined.headers.get('content-encoding')).toBeNull();
  expect(packed.headers.get('vary')).toBe('accept-encoding');
  expect(packed.headers.get('etag')).toBe(plain.headers.get('etag'));
  expect(await packed.json()).toEqual(await plain.json());
  const small = await server.ask('/healthz', 'nobody', { headers: { 'accept-encoding': 'gzip' } });
  expect(small.headers.get('content-encoding')).toBeNull();
});
