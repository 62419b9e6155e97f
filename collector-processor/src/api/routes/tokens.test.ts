import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CreatedToken, TokenList } from '../../contract/token.ts';
import { NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let server: TestApi;
beforeEach(async () => {
  server = await startApi();
});
afterEach(() => server.stop());

function create(body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return server.ask('/api/v1/tokens', 'admin', { method: 'POST', body: JSON.stringify(body), headers });
}

const list = async (): Promise<TokenList> => (await (await server.ask('/api/v1/tokens', 'admin')).json()) as TokenList;

test('a token is made, shown once, used, listed without its secret, and revoked', async () => {
  const response = await create({ name: 'scripts', role: 'operator', expiresAtMs: NOON + 1_000 });
  expect(response.status).toBe(201);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const { token, secret } = (await response.json()) as CreatedToken;
  const use = () => server.ask('/api/v1/status', 'nobody', { headers: { authorization: `bearer ${secret}` } });
  expect(await (await use()).json()).toMatchObject({ role: 'operator' });

  const listed = await list();
  expect(listed.items.find(({ id }) => id === token.id)).toEqual({ ...token, lastUsedAtMs: NOON });
  expect(JSON.stringify(listed)).not.toContain(secret);

  expect((await server.ask(`/api/v1/tokens/${token.id}`, 'admin', { method: 'DELETE' })).status).toBe(204);
  expect((await use()).status).toBe(401);
  expect((await list()).items.find(({ id }) => id === token.id)?.revokedAtMs).toBe(NOON);
});

test('an unknown token cannot be revoked', async () => {
  const response = await server.ask('/api/v1/tokens/unknown', 'admin', { method: 'DELETE' });
  expect(response.status).toBe(404);
});

test.each([
  [{ role: 'reader' }, 'body/name'],
  [{ name: 'x', role: 'root' }, 'body/role'],
  [{ name: '', role: 'reader' }, 'body/name'],
  [{ name: 'x', role: 'reader', secret: 'mine' }, 'body/secret'],
  [{ name: 'x', role: 'reader', expiresAtMs: NOON }, 'body/expiresAtMs'],
])('%j is refused', async (body, field) => {
  const response = await create(body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_request', field } });
});

test('more tokens than there may be are refused', async () => {
  const spare = { ...server.store.tokens, create: () => Promise.resolve(undefined) };
  const full = await startApi({ stores: { tokens: spare } });
  const headers = { 'content-type': 'application/json' };
  const body = '{"name":"x","role":"reader"}';
  const authorization = { authorization: `Bearer ${server.secret('admin')}` };
  const response = await full.ask('/api/v1/tokens', 'nobody', {
    method: 'POST',
    body,
    headers: { ...headers, ...authorization },
  });
  expect(response.status).toBe(409);
  await full.stop();
});
