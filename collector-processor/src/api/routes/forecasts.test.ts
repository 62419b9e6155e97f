import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ForecastDetail, ForecastPage } from '../../contract/forecast.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

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

const titles = async (query: string) =>
  (await read<ForecastPage>(`/api/v1/forecasts${query}`)).items.map(({ title }) => title);

test('resources are listed by pages; a time that cannot be seen is null', async () => {
  const page = await read<ForecastPage>('/api/v1/forecasts?limit=2');
  expect([page.total, page.items.length]).toEqual([3, 2]);
  expect(page.items.map(({ left }) => left.expected)).toEqual([3.2, null]);
  expect(page.items[0]?.left.latest).toBeNull();
  expect(await titles(`?limit=2&cursor=${page.nextCursor ?? ''}`)).toEqual(['Resource 2 of cart']);
});

test('they are filtered by kind, state, service, text and time left', async () => {
  expect(await titles('?kind=memory&kind=disk')).toHaveLength(2);
  expect(await titles('?state=short')).toEqual(['Resource 0 of db']);
  expect(await titles('?service=cart')).toHaveLength(2);
  expect(await titles('?q=RESOURCE%202')).toEqual(['Resource 2 of cart']);
  expect(await titles('?within=7')).toEqual(['Resource 0 of db']);
  expect((await server.ask('/api/v1/forecasts?kind=coffee')).status).toBe(400);
  expect((await server.ask('/api/v1/forecasts?cursor=nonsense')).status).toBe(400);
});

test('a what-if answers for another growth and another capacity', async () => {
  const path = '/api/v1/forecasts/0000000000000000';
  const now = await read<ForecastDetail>(path);
  const faster = await read<ForecastDetail>(`${path}?growth=2`);
  const larger = await read<ForecastDetail>(`${path}?capacity=200`);
  const days = [now, faster, larger].map(({ supposed }) => supposed.expected ?? NaN);
  expect(days[1]).toBeCloseTo((days[0] ?? 0) / 2);
  expect(days[2]).toBeGreaterThan(days[0] ?? 0);
  expect(now.supposed.latest).toBeNull();
  expect((await server.ask(`${path}?growth=-1`)).status).toBe(400);
  expect((await server.ask('/api/v1/forecasts/unknown')).status).toBe(404);
});
