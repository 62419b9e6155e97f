import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../runtime/clock.ts';
import { outgoing } from '../testing/outgoing-request.ts';
import { startScriptedHttp } from '../testing/scripted-http.ts';
import { createHttpTransport } from './http-transport.ts';
import type { ConnectionOptions, OutgoingRequest, Transport } from './transport.ts';

const paths = { traces: '/v1/traces', metrics: '/v1/metrics', logs: '/v1/logs?tenant=1' };
const request = outgoing([Buffer.from('any bytes')], { compression: 'gzip' });
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
const told = (status: string, text: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n${text}`;

let transport: Transport | undefined;
let backend: Awaited<ReturnType<typeof startScriptedHttp>> | undefined;

afterEach(async () => {
  await transport?.close();
  await backend?.close();
});

async function connected(answers: readonly string[], changes: Partial<ConnectionOptions> = {}) {
  backend = await startScriptedHttp(...answers);
  const limits = { timeout: 2000, connectTimeout: 2000, keepAlive: 5000, maxConnections: 1 };
  const connection = { endpoint: new URL(backend.url), tls: {}, headers: {}, ...limits, ...changes };
  transport = createHttpTransport({ connection, paths, serverErrorsPass: false, clock: systemClock });
  const { send } = transport;
  return { backend, send: (changed: Partial<OutgoingRequest> = {}) => send({ ...request, ...changed }) };
}

describe('what is sent', () => {
  test('one head and one body, with the headers of the settings over those of the tenant', async () => {
    const { backend, send } = await connected([ok], { headers: { authorization: 'Bearer x', host: 'elsewhere' } });
    await send({ headers: { 'x-scope-orgid': 'gr\u00fcn', authorization: 'theirs', host: 'theirs' } });
    const [head, sent] = (backend.asked[0] ?? '').split('\r\n\r\n');
    expect(sent).toBe('any bytes');
    expect(head?.split('\r\n').toSorted()).toEqual([
      'POST /v1/logs?tenant=1 HTTP/1.1',
      'authorization: Bearer x',
      'content-encoding: gzip',
      'content-length: 9',
      'content-type: application/x-protobuf',
      'host: elsewhere',
      expect.stringMatching(/^sentinel-via: /),
      expect.stringMatching(/^user-agent: sentinel\//),
      'x-scope-orgid: gr\u00fcn',
    ]);
  });

  test.each([
    ['x-team', 'a\r\nContent-Length: 0'],
    ['x-team', 'a\u010ab'],
    ['x-team: b', 'a'],
    ['transfer-encoding', 'chunked'],
    ['content-length', '1'],
    ['connection', 'close'],
  ])('never a header that would change the message: %s: %j', async (name, value) => {
    const { backend, send } = await connected([ok]);
    expect(await send({ headers: { [name]: value } })).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('cannot be sent'),
    });
    expect(backend.asked).toHaveLength(0);
  });
});

describe('answers', () => {
  test.each([
    ['with a length', told('400 Bad Request', 'because')],
    [
      'in chunks',
      'HTTP/1.1 400 No\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbec\r\n4\r\nause\r\n0\r\n\r\n',
    ],
    ['until the connection ends', 'HTTP/1.0 400\r\nContent-Type: text/plain\r\n\r\nbecause<end>'],
    [
      'behind interim ones',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n${told('400 No', 'because')}`,
    ],
  ])('%s are read whole', async (_name, answer) => {
    const { send } = await connected([answer]);
    expect(await send()).toEqual({ kind: 'refused', status: 400, reason: 'HTTP 400: because' });
  });

  test('without a body leave the connection as it is, whatever they announce', async () => {
    const { backend, send } = await connected(['HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n', ok]);
    expect([await send(), await send()]).toEqual([{ kind: 'delivered' }, { kind: 'delivered' }]);
    expect(backend.connections()).toBe(1);
  });

  test.each([
    ['that are none', 'SSH-2.0-x\r\n\r\n'],
    ['with a folded header', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n'],
    ['with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n'],
    ['with a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['that switch protocols', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n'],
    ['with a head without an end', `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}`],
    ['that break off in their head', 'HTTP/1.1 200 OK\r\nContent-<end>'],
    ['that break off in a refusal', 'HTTP/1.1 400 No\r\nContent-Length: 5\r\n\r\nab<end>'],
  ])('%s are no answers', async (_name, answer) => {
    const { send } = await connected([answer, ok]);
    expect(await send()).toMatchObject({ kind: 'retry', throttled: false });
    expect(await send()).toEqual({ kind: 'delivered' });
  });

  test('that break off within a 2xx have delivered', async () => {
    const { send } = await connected(['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab<end>']);
    expect(await send()).toEqual({ kind: 'delivered' });
  });

  test('nobody has asked for are not taken for the answer to the next request', async () => {
    const { backend, send } = await connected([ok, told('400 No', 'the second')]);
    await send();
    backend.say(ok);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await send()).toMatchObject({ kind: 'refused', status: 400 });
    expect(backend.connections()).toBe(2);
  });

  test('that come twice for one request end the connection', async () => {
    const { backend, send } = await connected([ok + ok, ok]);
    expect(await send()).toEqual({ kind: 'delivered' });
    expect(await send()).toEqual({ kind: 'delivered' });
    expect(backend.connections()).toBe(2);
  });
});

describe('connections', () => {
  test.each([
    ['Connection: close', 2],
    ['Keep-Alive: timeout=1', 2],
    ['Keep-Alive: timeout=60, max=100', 1],
  ])('are kept as the backend says: %s', async (line, connections) => {
    const answer = ok.replace('Content-Length', `${line}\r\nContent-Length`);
    const { backend, send } = await connected([answer, answer]);
    await send();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await send();
    expect(backend.connections()).toBe(connections);
  });

  test('are closed after the time to be idle, and not before', async () => {
    const { backend, send } = await connected([ok, ok, ok], { keepAlive: 150 });
    await send();
    await send();
    expect(backend.connections()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await send();
    expect(backend.connections()).toBe(2);
  });

  test('requests that wait for one are sent in their order, but not those that were given up', async () => {
    const { backend, send } = await connected(['', ok], { timeout: 100 });
    const stuck = send();
    const waited = await Promise.all([stuck, send()]);
    expect(waited).toEqual([0, 1].map(() => expect.objectContaining({ kind: 'retry' })));
    expect(await send()).toEqual({ kind: 'delivered' });
    expect(backend.asked).toHaveLength(2);
  });
});
