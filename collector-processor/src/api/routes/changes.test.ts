import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Change, ChangePage } from '../../contract/change.ts';
import { NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let server: TestApi;
beforeEach(async () => {
  server = await startApi();
});
afterEach(() => server.stop());

const deploy = { kind: 'deploy', service: 'payment', to: '2.4.1' };

function post(body: unknown, role: 'reader' | 'responder' = 'responder'): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return server.ask('/api/v1/changes', role, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json' },
  });
}

test('a posted change is stored, shown and told to the other stages', async () => {
  const response = await post(deploy);
  expect(response.status).toBe(201);
  const change = (await response.json()) as Change;
  const expected = { ...deploy, from: '', environment: '', tenant: '', timeMs: NOON, source: 'the responder' };
  expect(change).toEqual({ ...expected, id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(server.posted).toEqual([change]);
  const page = (await (await server.ask('/api/v1/changes')).json()) as ChangePage;
  expect(page).toEqual({ items: [change], total: 1, totalIsExact: true });
});

test('a repeated post with an id is the same change, told once', async () => {
  const whole = {
    ...deploy,
    id: 'ci:4711',
    from: '2.4.0',
    environment: 'production',
    tenant: 'blue',
    timeMs: NOON - 5,
  };
  expect((await post(whole)).status).toBe(201);
  const again = await post(whole);
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({ id: 'ci:4711', timeMs: NOON - 5 });
  expect(server.posted).toHaveLength(1);
});

test('another change under a known id is refused', async () => {
  await post({ ...deploy, id: 'ci:4711' });
  const response = await post({ ...deploy, id: 'ci:4711', to: '2.4.2' });
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ error: { code: 'conflict', field: 'body/id' } });
  expect(server.posted).toHaveLength(1);
});

describe('a wrong post is refused with the field', () => {
  test.each([
    [{ kind: 'deploy', service: 'payment' }, 'body/to'],
    [{ ...deploy, kind: 'reboot' }, 'body/kind'],
    [{ ...deploy, service: '' }, 'body/service'],
    [{ ...deploy, version: '2' }, 'body/version'],
    [{ ...deploy, id: 'a b' }, 'body/id'],
    [{ ...deploy, timeMs: 'now' }, 'body/timeMs'],
    [{ ...deploy, timeMs: NOON / 1_000 }, 'body/timeMs'],
    [{ ...deploy, timeMs: NOON + 86_400_000 }, 'body/timeMs'],
    [[], 'body'],
  ])('%j', async (body, field) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_request', field } });
    expect(server.posted).toEqual([]);
  });

  test('broken JSON, another content type, nothing, too much', async () => {
    expect((await post('{"kind":')).status).toBe(400);
    expect((await post('')).status).toBe(400);
    expect((await post({ ...deploy, from: 'x'.repeat(3_000) })).status).toBe(413);
    const text = await server.ask('/api/v1/changes', 'responder', { method: 'POST', body: 'deploy' });
    expect(text.status).toBe(400);
    expect(await text.json()).toMatchObject({ error: { code: 'invalid_request' } });
    const polluted = await post('{"__proto__":{"role":"admin"},"kind":"deploy","service":"a","to":"b"}');
    expect(polluted.status).toBe(400);
  });
});

test('changes are filtered and paged', async () => {
  for (const number of [1, 2, 3]) await post({ ...deploy, service: `s${String(number)}`, timeMs: NOON - number });
  const list = async (query: string) => (await (await server.ask(`/api/v1/changes${query}`)).json()) as ChangePage;
  const first = await list('?limit=2');
  expect(first.items.map(({ service }) => service)).toEqual(['s1', 's2']);
  const second = await list(`?limit=2&cursor=${first.nextCursor ?? ''}`);
  expect(second.items.map(({ service }) => service)).toEqual(['s3']);
  expect(second.nextCursor).toBeUndefined();
  expect((await list('?service=s2&kind=deploy')).total).toBe(1);
  expect((await list(`?from=${String(NOON - 2)}&to=${String(NOON - 1)}`)).total).toBe(1);
  expect((await server.ask('/api/v1/changes?cursor=x')).status).toBe(400);
});
