import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CoveragePage } from '../../contract/coverage.ts';
import type { SeriesHistory, SeriesPage } from '../../contract/series.ts';
import { NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';
import { fakeProviders } from '../testing/fake-providers.ts';

let server: TestApi;
beforeAll(async () => {
  server = await startApi();
});
afterAll(() => server.stop());

async function read<Answer>(path: string): Promise<Answer> {
  const response = await server.ask(path);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Answer;
}

describe('coverage', () => {
  test('is walked by pages, with the counts of all', async () => {
    const titles: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const from = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: CoveragePage = await read(`/api/v1/coverage?limit=10${from}`);
      expect([page.total, page.totalIsExact]).toEqual([25, true]);
      expect(page.counts.scored).toBe(18);
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(new Set(titles).size).toBe(25);
    expect(titles).toHaveLength(25);
  });

  test('is filtered by state, service and text', async () => {
    expect((await read<CoveragePage>('/api/v1/coverage?state=learning')).total).toBe(7);
    expect((await read<CoveragePage>('/api/v1/coverage?service=cart&service=search')).total).toBe(10);
    expect((await read<CoveragePage>('/api/v1/coverage?q=ITEM%2F24')).items.map(({ why }) => why)).toEqual([
      '6 of 24 h seen.',
    ]);
    expect((await read<CoveragePage>('/api/v1/coverage?state=evicted')).items).toEqual([]);
    expect((await read<CoveragePage>('/api/v1/coverage?state=evicted&state=learning')).total).toBe(7);
    expect((await read<CoveragePage>('/api/v1/coverage?tier=light')).items).toMatchObject([
      { tier: 'light', streams: 3 },
    ]);
  });

  test('refuses a cursor of another list', async () => {
    const cursor = Buffer.from('["-startMs",1,"x"]').toString('base64url');
    expect((await server.ask(`/api/v1/coverage?cursor=${cursor}`)).status).toBe(400);
    expect((await server.ask('/api/v1/series?cursor=x')).status).toBe(400);
  });
});

describe('series', () => {
  test('are listed with their last bucket, and null where it has no number', async () => {
    const { items } = await read<SeriesPage>('/api/v1/series?limit=4');
    expect(items[0]).not.toHaveProperty('lastTimeMs');
    expect(items[1]).toMatchObject({ lastTimeMs: NOON, lastValue: 1, lastScore: 0.5 });
    expect(items[3]).toMatchObject({ lastValue: 3, lastScore: null });
  });

  test('are filtered by signal too', async () => {
    expect((await read<SeriesPage>('/api/v1/series?signal=metrics&state=learning')).total).toBe(7);
    expect((await read<SeriesPage>('/api/v1/series?signal=logs')).total).toBe(0);
  });

  test('have a history in columns', async () => {
    const history = await read<SeriesHistory>('/api/v1/series/00f1a2b3c4d5e6f7/history');
    expect(history).toMatchObject({ stepMs: 10_000, value: [0.01, null], score: [0, 8.3], upper: [0.02, null] });
    expect((await server.ask('/api/v1/series/unknown/history')).status).toBe(404);
  });

  test('pass the asked range on', async () => {
    const asked: unknown[] = [];
    const history = (...args: unknown[]) => void asked.push(args);
    const other = await startApi({ providers: { history: history } });
    await other.ask('/api/v1/series/x/history?from=5&to=9');
    await other.ask('/api/v1/series/x/history');
    expect(asked).toEqual([
      ['x', { fromMs: 5, toMs: 9 }],
      ['x', { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }],
    ]);
    await other.stop();
  });
});

test('a list of a hundred thousand is counted up to a bound', async () => {
  const other = await startApi({ providers: fakeProviders(100_000) });
  const answer = (await (await other.ask('/api/v1/coverage?limit=2')).json()) as CoveragePage;
  expect(answer.totalIsExact).toBe(false);
  expect(answer.total).toBeGreaterThanOrEqual(10_000);
  expect(answer.total).toBeLessThan(11_000);
  await other.stop();
});
