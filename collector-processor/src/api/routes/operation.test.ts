import { afterEach, describe, expect, test } from '@jest/globals';
import { SentinelError } from '../../runtime/errors.ts';
import { aDuty } from '../../store/testing/duty.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let server: TestApi;
afterEach(() => server.stop());

test('a sidecar that is ready says so without a token', async () => {
  server = await startApi();
  expect(await (await server.ask('/healthz', 'nobody')).json()).toEqual({ status: 'ok' });
  const response = await server.ask('/readyz', 'nobody');
  expect([response.status, await response.json()]).toEqual([200, { ready: true, reasons: [], troubles: [] }]);
});

test('a sidecar that is not ready says why', async () => {
  const stores = { problem: () => 'disk full' };
  server = await startApi({ stores, providers: { readiness: () => ['The receivers do not listen yet.'] } });
  const response = await server.ask('/readyz', 'nobody');
  expect(response.status).toBe(503);
  const reasons = ['The receivers do not listen yet.', 'The store does not take writes: disk full'];
  expect(await response.json()).toEqual({ ready: false, reasons, troubles: [] });
  expect((await server.ask('/healthz', 'nobody')).status).toBe(200);
});

test('what stops only some of the telemetry is said, and is no reason to send all of it elsewhere', async () => {
  server = await startApi({ providers: { troubles: () => ['The write-ahead log is full.'] } });
  const response = await server.ask('/readyz', 'nobody');
  const troubles = ['The write-ahead log is full.'];
  expect([response.status, await response.json()]).toEqual([200, { ready: true, reasons: [], troubles }]);
});

test('metrics are Prometheus text with routes as patterns', async () => {
  server = await startApi();
  await server.ask('/api/v1/anomalies/one');
  await server.ask('/api/v1/anomalies/two');
  await server.ask('/nothing');
  const response = await server.ask('/metrics', 'nobody');
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  expect(text).toContain('sentinel_api_requests_total{method="GET",route="/api/v1/anomalies/:id",status="4xx"} 2');
  expect(text).toContain('sentinel_api_requests_total{method="GET",route="unknown",status="4xx"} 1');
});

test('status names version, instance, role and counts', async () => {
  server = await startApi();
  expect(await (await server.ask('/api/v1/status', 'operator')).json()).toMatchObject({
    product: 'sentinel',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    apiVersion: 1,
    instance: server.store.instanceId,
    role: 'operator',
    anomalies: { open: 0, paging: 0 },
    coverage: { scored: 18 },
  });
});

test('a reload answers what needs a restart', async () => {
  server = await startApi({
    reload: () =>
      Promise.resolve({ kind: 'reloaded', restartNeeded: ['api.endpoint'], notes: ['Learning starts again.'] }),
  });
  const response = await server.ask('/api/v1/reload', 'admin', { method: 'POST' });
  expect([response.status, await response.json()]).toEqual([
    200,
    { restartNeeded: ['api.endpoint'], notes: ['Learning starts again.'] },
  ]);
});

test('a reload of an invalid configuration answers with its faults', async () => {
  server = await startApi({
    reload: () => Promise.resolve({ kind: 'invalid', problems: ['Line 3: score.bucket is no duration.'] }),
  });
  const response = await server.ask('/api/v1/reload', 'admin', { method: 'POST' });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    error: {
      code: 'invalid_configuration',
      message: 'The configuration is invalid: Line 3: score.bucket is no duration.',
    },
  });
});

test('a busy store is unavailable, to be asked again', async () => {
  const get = () => Promise.reject(new SentinelError('SENTINEL_STORE_BUSY', 'Too many statements wait for the store.'));
  server = await startApi({ storesFrom: (store) => ({ anomalies: { ...store.anomalies, get } }) });
  const response = await server.ask('/api/v1/anomalies/x');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } });
});

test('the pipeline says of each backend what waits for it, in memory and in the log', async () => {
  server = await startApi();
  expect(await (await server.ask('/api/v1/pipeline')).json()).toMatchObject({
    backends: [{ name: 'tempo', queuedRequests: 3, queuedBytes: 90_000, loggedBytes: 7_000_000 }],
  });
});

test('a bug answers without telling its text', async () => {
  const providers = {
    pipeline: () => {
      throw new TypeError('secret path /etc/x');
    },
  };
  server = await startApi({ providers });
  const response = await server.ask('/api/v1/pipeline');
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).toContain('"code":"internal"');
  expect(text).not.toContain('/etc/x');
});

test('every answer carries headers that keep browsers from guessing and storing', async () => {
  server = await startApi();
  for (const path of ['/api/v1/status', '/healthz', '/nothing']) {
    const { headers } = await server.ask(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

describe('of several processes on one store', () => {
  test('each says what it is, and who is active; a load balancer can ask for the active one', async () => {
    server = await startApi({ stores: { duty: aDuty('standby') } });
    expect(await (await server.ask('/healthz', 'nobody')).json()).toEqual({ status: 'ok', duty: 'standby' });
    const plain = await server.ask('/readyz', 'nobody');
    expect([plain.status, await plain.json()]).toEqual([
      200,
      { ready: true, reasons: [], troubles: [], duty: 'standby' },
    ]);
    const asActive = await server.ask('/readyz?duty=active', 'nobody');
    expect(asActive.status).toBe(503);
    expect(await asActive.json()).toMatchObject({ ready: false, reasons: ['This process is not the active one.'] });
    expect(await (await server.ask('/api/v1/status')).json()).toMatchObject({
      duty: { state: 'standby', holder: 'host:1' },
    });
    expect((await server.ask('/readyz?duty=sleepy', 'nobody')).status).toBe(400);
  });

  test('where there can be no other nothing is said of it, and the one there is counts as active', async () => {
    server = await startApi();
    expect((await server.ask('/readyz?duty=active', 'nobody')).status).toBe(200);
    expect(await (await server.ask('/api/v1/status')).json()).not.toHaveProperty('duty');
  });

  test('only the active one takes changes', async () => {
    server = await startApi({ stores: { duty: aDuty('standby') } });
    const body = JSON.stringify({ kind: 'deploy', service: 'checkout', to: '1.2' });
    const headers = { 'content-type': 'application/json' };
    const refused = await server.ask('/api/v1/changes', 'responder', { method: 'POST', headers, body });
    expect([refused.status, server.posted]).toEqual([503, []]);
    expect((await server.ask('/api/v1/changes')).status).toBe(200);
  });
});
