import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './testing/api-server.ts';

let server: TestApi;
beforeAll(async () => {
  server = await startApi();
});
afterAll(() => server.stop());

/** Sends bytes that no HTTP client would send, and reads the whole answer. */
function sendRaw(target: string, secret: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secret}\r\nconnection: close\r\n\r\n`);
  });
}

const sample = (name: string): number =>
  server.metrics.samples().reduce((sum, found) => (found.name === name ? sum + found.value : sum), 0);

test.each([
  '/api//v1/tokens',
  '/api/v1/./tokens',
  '/api/v1/x/../tokens',
  '/api/v1/tokens;x',
  '/api/v1/tokens%2f',
  '/api/v1/..%2f..%2fmetrics',
  '/api/v1/%2e%2e/v1/tokens',
  '/api/v1/tokens%00',
  '/api/v1\\tokens',
  '//127.0.0.1/api/v1/tokens',
  'http://127.0.0.1/api/v1/tokens',
])('%s is answered 400 before any route, hook or token check, also for an administrator', async (target) => {
  const refusedBefore = sample('sentinel_api_refused_paths_total');
  const routedBefore = sample('sentinel_api_requests_total');
  const answer = await sendRaw(target, server.secret('admin'));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('"code":"refused_path"');
  expect(sample('sentinel_api_refused_paths_total')).toBe(refusedBefore + 1);
  // Every request that Fastify answers is counted by its last hook; this one it never saw.
  expect(sample('sentinel_api_requests_total')).toBe(routedBefore);
});

test('another spelling of a letter is the same route with the same role', async () => {
  expect(await sendRaw('/api/v1/%74okens', server.secret('reader'))).toMatch(/^HTTP\/1\.1 403 /);
  expect(await sendRaw('/api/v1/%74okens', server.secret('admin'))).toMatch(/^HTTP\/1\.1 200 /);
});

test('a trailing slash, another case and an unknown method find no route', async () => {
  for (const path of ['/api/v1/tokens/', '/API/v1/tokens']) expect((await server.ask(path, 'admin')).status).toBe(404);
  expect((await server.ask('/api/v1/tokens', 'admin', { method: 'PUT' })).status).toBe(404);
});

test('no other origin is let in', async () => {
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
  const preflight = await server.ask('/api/v1/status', 'reader', { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(404);
  const answer = await server.ask('/api/v1/status', 'reader', { headers });
  expect([...preflight.headers.keys(), ...answer.headers.keys()].filter((name) => name.includes('allow'))).toEqual([]);
});
