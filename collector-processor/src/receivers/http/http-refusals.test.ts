import * as http from 'node:http';
import { connect } from 'node:net';
import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { decodeMessage } from '../../model/otlp/decode-message.ts';
import { systemClock } from '../../runtime/clock.ts';
import { ownInstanceId } from '../../runtime/own-instance.ts';
import { json, openRequest, protobuf, send } from '../testing/http-client.ts';
import { raw } from '../testing/raw-socket.ts';
import { until } from '../testing/receivers-under-test.ts';
import { useReceivers } from '../testing/use-receivers.ts';

const MIB = 1024 * 1024;
const body = Buffer.from('any bytes: the receiver does not decode');
const start = useReceivers();

const statusIn = (bytes: Uint8Array) => {
  const result = decodeMessage('Status', bytes);
  return result.kind === 'message' ? result.message : undefined;
};

describe('what is refused without the handler', () => {
  test.each([
    ['an unknown path', { path: '/v1/trace' }, 404, /\/v1\/traces, \/v1\/metrics and \/v1\/logs/],
    ['another method', { method: 'PUT' }, 405, /POST/],
    [
      'another content type',
      { headers: { 'content-type': 'text/plain' } },
      415,
      /application\/x-protobuf or application\/json/,
    ],
    ['no content type', { headers: {} }, 415, /application\/json/],
    ['another compression', { headers: { ...json, 'content-encoding': 'br' } }, 415, /identity, gzip or zstd/],
    ['a broken gzip body', { headers: { ...json, 'content-encoding': 'gzip' } }, 400, /not valid gzip/],
    ['a broken zstd body', { headers: { ...json, 'content-encoding': 'zstd' } }, 400, /not valid zstd/],
  ])('%s', async (_name, parts, status, remedy) => {
    const { httpPort, requests } = await start();
    const reply = await send({ port: httpPort, body, ...parts });
    expect(reply.status).toBe(status);
    expect(reply.body.toString()).toMatch(remedy);
    if (status === 405) expect(reply.headers.allow).toBe('POST');
    if (status === 415) expect(reply.headers['accept-encoding']).toBe('identity, gzip, zstd');
    expect(requests).toHaveLength(0);
  });

  test('what this Sentinel has forwarded itself comes no second time; what another has does', async () => {
    const { httpPort, metric, requests } = await start();
    const via = (value: string) => send({ port: httpPort, body, headers: { ...json, 'sentinel-via': value } });
    const reply = await via(`another, ${ownInstanceId}`);
    expect(reply.status).toBe(508);
    expect(reply.body.toString()).toContain('SENTINEL_FORWARD_LOOP');
    expect(metric('sentinel_receiver_refused_total', 'reason="loop"')).toBe(1);
    expect((await via('another')).status).toBe(200);
    expect(requests).toMatchObject([{ headers: { 'sentinel-via': 'another' }, tenant: '' }]);
  });

  test('an announced length over the cap is refused before the body, in protobuf', async () => {
    const { httpPort, metric } = await start({ maxRequestSize: 1000 });
    const { request, reply } = openRequest({ port: httpPort, headers: { ...protobuf, 'content-length': 1001 } });
    request.flushHeaders();
    const refused = await reply;
    request.destroy();
    expect(refused.status).toBe(413);
    expect(refused.headers['content-type']).toBe('application/x-protobuf');
    expect(statusIn(refused.body)).toMatchObject({ code: 8, message: expect.stringContaining('1000 bytes') });
    expect(metric('sentinel_receiver_refused_total', 'reason="too_large"')).toBe(1);
  });

  test('a chunked body is refused when it passes the cap, and the connection stays usable', async () => {
    const { httpPort, requests } = await start({ maxRequestSize: 1000 });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const { request, reply } = openRequest({ port: httpPort, agent });
    for (let count = 0; count < 20; count++) request.write(Buffer.alloc(500));
    request.end();
    expect((await reply).status).toBe(413);
    expect((await send({ port: httpPort, body, agent })).status).toBe(200);
    expect(requests).toHaveLength(1);
    agent.destroy();
  });

  test.each(['gzip', 'zstd'] as const)('a %s body over the cap after decompression is 413', async (compression) => {
    const { httpPort, requests } = await start({ maxRequestSize: MIB });
    const compress = compression === 'gzip' ? zlib.gzipSync : zlib.zstdCompressSync;
    const bomb = compress(Buffer.alloc(64 * MIB));
    const headers = { ...protobuf, 'content-encoding': compression };
    expect((await send({ port: httpPort, headers, body: bomb })).status).toBe(413);
    expect(requests).toHaveLength(0);
  });

  test('a refused sender that asks to close may end its body first, so that it is not reset before it reads why', async () => {
    const { httpPort } = await start({ maxRequestSize: 1024 });
    const socket = connect(httpPort, '127.0.0.1');
    let answer = '';
    let ended = false;
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('end', () => (ended = true));
    socket.write('POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-protobuf\r\n');
    socket.write('Connection: close\r\nContent-Length: 5000\r\n\r\n');
    await until(() => answer.startsWith('HTTP/1.1 413'));
    await systemClock.sleep(100);
    expect(ended).toBe(false);
    socket.destroy();
  });

  test('JSON has a smaller cap of its own', async () => {
    const { httpPort } = await start({ maxJsonSize: 100 });
    const large = Buffer.alloc(101, ' ');
    expect((await send({ port: httpPort, headers: json, body: large })).status).toBe(413);
    expect((await send({ port: httpPort, headers: protobuf, body: large })).status).toBe(200);
  });

  test('Expect: 100-continue is refused without the body, and the connection ends', async () => {
    const { httpPort } = await start({ maxRequestSize: 10 });
    const headers = { ...protobuf, expect: '100-continue', 'content-length': 11 };
    const { request, reply } = openRequest({ port: httpPort, headers });
    let continued = false;
    request.on('continue', () => (continued = true));
    request.flushHeaders();
    const refused = await reply;
    expect(refused.status).toBe(413);
    expect(refused.headers.connection).toBe('close');
    expect(continued).toBe(false);
  });

  test('what is not HTTP/1.1 gets a line that helps', async () => {
    const { httpPort, metric } = await start();
    const answers = await Promise.all([
      raw(httpPort, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      raw(httpPort, 'nonsense\r\n\r\n'),
      raw(httpPort, `POST /v1/traces HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
    ]);
    expect(answers[0]).toMatch(/^HTTP\/1\.1 400 [^]*4317/);
    expect(answers[1]).toMatch(/^HTTP\/1\.1 400 /);
    expect(answers[2]).toMatch(/^HTTP\/1\.1 431 /);
    const closed = (reason: string) => metric('sentinel_receiver_connections_closed_total', `reason="${reason}"`);
    expect([closed('protocol'), closed('large_headers')]).toEqual([2, 1]);
  });

  test('a request with two lengths is refused', async () => {
    const { httpPort, requests } = await start();
    const head = 'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n';
    expect(await raw(httpPort, `${head}Content-Length: 3\r\n\r\n{}x`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(httpPort, `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(requests).toHaveLength(0);
  });
});

describe('bearer tokens', () => {
  test('one of the tokens lets in, anything else is 401 in the encoding of the request', async () => {
    const { httpPort, requests } = await start({ auth: { bearerTokens: ['first', 'second'] } });
    const withToken = (authorization?: string) =>
      send({
        port: httpPort,
        headers: { ...json, ...(authorization === undefined ? {} : { authorization }) },
        body: '{"a":1}',
      });
    expect((await withToken('Bearer second')).status).toBe(200);
    expect((await withToken('bearer first')).status).toBe(200);
    for (const wrong of [undefined, 'Bearer', 'Bearer third', 'Basic first', 'Bearer first x']) {
      const reply = await withToken(wrong);
      expect(reply.status).toBe(401);
      expect(reply.headers['www-authenticate']).toBe('Bearer');
      expect(JSON.parse(reply.body.toString())).toMatchObject({ code: 16 });
    }
    expect(requests).toHaveLength(2);
  });
});
