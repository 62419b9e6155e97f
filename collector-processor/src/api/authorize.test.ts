import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../contract/token.ts';
import { mayActAs } from './roles.ts';
import { startApi, type TestApi } from './testing/api-server.ts';

const roles = ['reader', 'responder', 'operator', 'admin'] as const;

/** Every route with the role it needs, written down a second time on purpose. */
const routes: readonly (readonly [string, string, Role | 'public'])[] = [
  ['GET', '/', 'public'],
  ['GET', '/healthz', 'public'],
  ['GET', '/readyz', 'public'],
  ['GET', '/metrics', 'public'],
  ['GET', '/api/v1/openapi.json', 'public'],
  ['GET', '/api/v1/status', 'reader'],
  ['GET', '/api/v1/anomalies', 'reader'],
  ['GET', '/api/v1/anomalies/{id}', 'reader'],
  ['GET', '/api/v1/series', 'reader'],
  ['GET', '/api/v1/series/{id}/history', 'reader'],
  ['GET', '/api/v1/incidents', 'reader'],
  ['GET', '/api/v1/incidents/{id}', 'reader'],
  ['POST', '/api/v1/incidents/{id}/command', 'responder'],
  ['POST', '/api/v1/incidents/{id}/notes', 'responder'],
  ['POST', '/api/v1/incidents/{id}/tasks', 'responder'],
  ['PUT', '/api/v1/incidents/{id}/tasks/{task}', 'responder'],
  ['GET', '/api/v1/incidents/{id}/similar', 'reader'],
  ['GET', '/api/v1/incident-analytics', 'reader'],
  ['GET', '/api/v1/window-changes', 'reader'],
  ['GET', '/api/v1/slos', 'reader'],
  ['GET', '/api/v1/slos/{id}', 'reader'],
  ['GET', '/api/v1/slos/{id}/history', 'reader'],
  ['GET', '/api/v1/slos/{id}/burned', 'reader'],
  ['GET', '/api/v1/slos/report', 'reader'],
  ['GET', '/api/v1/slos/report.md', 'reader'],
  ['GET', '/api/v1/slos/corrections', 'reader'],
  ['POST', '/api/v1/slos/corrections', 'operator'],
  ['POST', '/api/v1/slos/corrections/{id}/reverse', 'operator'],
  ['GET', '/api/v1/maintenance', 'reader'],
  ['POST', '/api/v1/incidents/{id}/summary', 'responder'],
  ['POST', '/api/v1/incidents/{id}/merge', 'responder'],
  ['POST', '/api/v1/incidents/{id}/split', 'responder'],
  ['GET', '/api/v1/feedback', 'reader'],
  ['GET', '/api/v1/feedback/{id}', 'reader'],
  ['POST', '/api/v1/feedback', 'responder'],
  ['PUT', '/api/v1/feedback/{id}/rule', 'responder'],
  ['POST', '/api/v1/feedback/{id}/accept', 'operator'],
  ['POST', '/api/v1/feedback/{id}/reject', 'responder'],
  ['GET', '/api/v1/tunings', 'reader'],
  ['POST', '/api/v1/tunings/rollback', 'operator'],
  ['GET', '/api/v1/shadow', 'reader'],
  ['GET', '/api/v1/drills', 'reader'],
  ['POST', '/api/v1/shadow/promote', 'operator'],
  ['POST', '/api/v1/webhooks/alertmanager', 'responder'],
  ['POST', '/api/v1/webhooks/grafana', 'responder'],
  ['POST', '/api/v1/webhooks/github', 'responder'],
  ['POST', '/api/v1/webhooks/argocd', 'responder'],
  ['GET', '/api/v1/forecasts', 'reader'],
  ['GET', '/api/v1/forecasts/{id}', 'reader'],
  ['GET', '/api/v1/incidents/{id}/bundle', 'reader'],
  ['GET', '/api/v1/incidents/{id}/report', 'reader'],
  ['GET', '/api/v1/graph', 'reader'],
  ['GET', '/api/v1/graph/metrics', 'reader'],
  ['GET', '/api/v1/coverage', 'reader'],
  ['GET', '/api/v1/pipeline', 'reader'],
  ['GET', '/api/v1/changes', 'reader'],
  ['GET', '/api/v1/injections', 'reader'],
  ['GET', '/api/v1/events', 'reader'],
  ['POST', '/api/v1/changes', 'responder'],
  ['GET', '/api/v1/tokens', 'admin'],
  ['POST', '/api/v1/tokens', 'admin'],
  ['DELETE', '/api/v1/tokens/{id}', 'admin'],
  ['POST', '/api/v1/reload', 'admin'],
  ['GET', '/api/v1/dead-letters', 'reader'],
  ['GET', '/api/v1/dead-letters/{id}', 'reader'],
  ['GET', '/api/v1/dead-letters/{id}/body', 'admin'],
  ['POST', '/api/v1/dead-letters/{id}/replay', 'admin'],
  ['DELETE', '/api/v1/dead-letters/{id}', 'admin'],
];

let server: TestApi;
beforeAll(async () => {
  server = await startApi();
});
afterAll(() => server.stop());

const errorOf = async (response: Response): Promise<unknown> => ((await response.json()) as { error: unknown }).error;

test('the list above is complete', async () => {
  const document = (await (await server.ask('/api/v1/openapi.json', 'nobody')).json()) as { paths: object };
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(documented.toSorted()).toEqual(routes.map(([method, path]) => `${method} ${path}`).toSorted());
});

describe.each(routes)('%s %s', (method, pattern, needed) => {
  const path = pattern.replace('{id}', 'unknown').replace('{task}', 'unknown');
  const ask = async (role: Role | 'nobody', headers: Record<string, string> = {}): Promise<Response> => {
    // The stream of events never ends by itself.
    const abort = new AbortController();
    const response = await server.ask(path, role, { method, headers, signal: abort.signal });
    if (pattern.endsWith('/events') && response.status === 200) abort.abort();
    return response;
  };

  test(`is for ${needed} and above`, async () => {
    expect((await ask('nobody')).status === 401).toBe(needed !== 'public');
    for (const role of roles) {
      const { status } = await ask(role);
      const isLetIn = needed === 'public' || mayActAs(role, needed);
      expect([role, status === 403]).toEqual([role, !isLetIn]);
      expect(status).not.toBe(401);
    }
  });

  test('is not opened by headers that anybody can forge', async () => {
    const forged = {
      'x-grafana-user': 'admin',
      'x-grafana-context': '{"orgRole":"Admin"}',
      'x-forwarded-user': 'admin',
    };
    expect((await ask('nobody', forged)).status === 401).toBe(needed !== 'public');
    if (needed === 'admin') expect((await ask('reader', { ...forged, 'x-sentinel-scope': 'admin' })).status).toBe(403);
  });
});

describe('without a valid token', () => {
  const bad = [['Bearer wrong'], ['Bearer '], ['Bearer'], ['Basic YTpi'], ['sntl_x'], ['Bearer a b']];

  test.each(bad)('%j is answered 401 with what to do', async (authorization) => {
    const response = await server.ask('/api/v1/status', 'nobody', { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="sentinel"');
    expect(await errorOf(response)).toMatchObject({
      code: 'unauthenticated',
      remedy: expect.stringContaining('sentinel tokens'),
    });
  });

  test.each(['x-grafana-id', 'x-sentinel-scope'])(
    'behind a proxy, known by %s, it is 403: a 401 would be repeated',
    async (name) => {
      for (const authorization of ['Bearer wrong', '']) {
        const headers = { [name]: 'read', ...(authorization === '' ? {} : { authorization }) };
        const response = await server.ask('/api/v1/status', 'nobody', { headers });
        expect(response.status).toBe(403);
        expect(response.headers.get('www-authenticate')).toBeNull();
        expect(await errorOf(response)).toMatchObject({ code: 'unauthenticated' });
      }
    },
  );

  test('a revoked token is refused at once', async () => {
    const issued = await server.store.tokens.create({ name: 'brief', role: 'admin' });
    const headers = { authorization: `Bearer ${issued?.secret ?? ''}` };
    expect((await server.ask('/api/v1/status', 'nobody', { headers })).status).toBe(200);
    await server.store.tokens.revoke(issued?.token.id ?? '');
    expect((await server.ask('/api/v1/status', 'nobody', { headers })).status).toBe(401);
  });
});

describe('the scope of a proxy route', () => {
  const withScope = (scope: string, role: Role, path: string, method = 'GET') =>
    server.ask(path, role, { method, headers: { 'x-sentinel-scope': scope } });

  test('lowers the role of the token', async () => {
    expect((await withScope('read', 'admin', '/api/v1/anomalies')).status).toBe(200);
    expect((await withScope('read', 'admin', '/api/v1/tokens')).status).toBe(403);
    expect((await withScope('operate', 'admin', '/api/v1/reload', 'POST')).status).toBe(403);
  });

  test('is refused when it is unknown', async () => {
    for (const scope of ['', 'write', 'constructor']) {
      expect((await withScope(scope, 'admin', '/api/v1/anomalies')).status).toBe(403);
    }
  });

  test('does not hide which role the token has', async () => {
    expect(await (await withScope('read', 'admin', '/api/v1/status')).json()).toMatchObject({ role: 'admin' });
  });
});

test('an unknown path is not found for readers, and tells nobody else', async () => {
  expect((await server.ask('/api/v1/nothing', 'nobody')).status).toBe(401);
  expect((await server.ask('/api/v1/nothing', 'reader')).status).toBe(404);
});

test('too many wrong tokens from one address are answered 429, and a right one still passes', async () => {
  const limited = await startApi({ options: { failedTokensPerMinute: 3 } });
  const wrong = { headers: { authorization: 'Bearer wrong' } };
  const statuses: number[] = [];
  for (let number = 0; number < 5; number++)
    statuses.push((await limited.ask('/api/v1/status', 'nobody', wrong)).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  const refused = await limited.ask('/api/v1/status', 'nobody', wrong);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await limited.ask('/api/v1/status', 'reader')).status).toBe(200);
  expect(limited.metrics.render()).toContain('sentinel_api_failed_tokens_total 6');
  await limited.stop();
});

test('callers with right tokens pass an address that many others spoil, again and again', async () => {
  const limited = await startApi({ options: { failedTokensPerMinute: 2 } });
  const spoil = () =>
    limited.ask('/api/v1/status', 'nobody', { headers: { authorization: `Bearer sntl_${'a'.repeat(43)}` } });
  for (let number = 0; number < 50; number++) await spoil();
  for (const role of ['reader', 'operator', 'admin'] as const) {
    expect((await spoil()).status).toBe(429);
    expect((await limited.ask('/api/v1/status', role)).status).toBe(200);
  }
  await limited.stop();
});

test('with anonymous_read whoever comes may read, and nothing else; a wrong token is still refused', async () => {
  const open = await startApi({ options: { anonymousRead: true } });
  expect(await (await open.ask('/api/v1/status', 'nobody')).json()).toMatchObject({ role: 'reader' });
  expect((await open.ask('/api/v1/tokens', 'nobody')).status).toBe(403);
  const change = {
    method: 'POST',
    body: '{"kind":"deploy","service":"a","to":"1"}',
    headers: { 'content-type': 'application/json' },
  };
  expect((await open.ask('/api/v1/changes', 'nobody', change)).status).toBe(403);
  expect((await open.ask('/api/v1/status', 'nobody', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  await open.stop();
});
