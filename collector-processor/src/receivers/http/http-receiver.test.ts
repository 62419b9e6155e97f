import * as http from 'node:http';
import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type ExportOutcome } from '../../model/export-request.ts';
import { decodeMessage } from '../../model/otlp/decode-message.ts';
import { json, openRequest, protobuf, send } from '../testing/http-client.ts';
import { useReceivers } from '../testing/use-receivers.ts';

const MIB = 1024 * 1024;
const body = Buffer.from('any bytes: the receiver does not decode');
const start = useReceivers();

const answer = (outcome: ExportOutcome) => () => Promise.resolve(outcome);
const statusIn = (bytes: Uint8Array) => {
  const result = decodeMessage('Status', bytes);
  return result.kind === 'message' ? result.message : undefined;
};

describe('what is taken', () => {
  test.each([
    ['/v1/traces', 'traces'],
    ['/v1/metrics', 'metrics'],
    ['/v1/logs?key=1', 'logs'],
  ])('%s is handed on as %s with the bytes as they came', async (path, signal) => {
    const { httpPort, requests } = await start();
    const reply = await send({ port: httpPort, path, body });
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/x-protobuf');
    expect(reply.body).toHaveLength(0);
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request).toMatchObject({ signal, wire: 'http', encoding: 'protobuf', compression: 'identity', tenant: '' });
    expect(Buffer.from(request!.body)).toEqual(body);
    expect(request!.payload).toBe(request!.body);
  });

  test('JSON is answered in JSON', async () => {
    const { httpPort, requests } = await start();
    const reply = await send({
      port: httpPort,
      headers: { 'content-type': 'Application/JSON; charset=utf-8' },
      body: '{"a":1}',
    });
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.body.toString()).toBe('{}');
    expect(requests[0]).toMatchObject({ encoding: 'json' });
  });

  test.each([
    ['gzip', zlib.gzipSync],
    ['zstd', zlib.zstdCompressSync],
  ] as const)('%s is inflated, and the compressed bytes are kept', async (compression, compress) => {
    const { httpPort, requests, metric } = await start();
    const packed = compress(body);
    const reply = await send({
      port: httpPort,
      headers: { ...protobuf, 'content-encoding': compression },
      body: packed,
    });
    expect(reply.status).toBe(200);
    expect(requests[0]).toMatchObject({ compression });
    expect(Buffer.from(requests[0]!.body)).toEqual(packed);
    expect(Buffer.from(requests[0]!.payload)).toEqual(body);
    expect(metric('sentinel_receiver_body_bytes_total', 'wire="http"')).toBe(packed.length);
    expect(metric('sentinel_receiver_payload_bytes_total', 'wire="http"')).toBe(body.length);
  });

  test.each([protobuf, json, { ...protobuf, 'content-encoding': 'gzip' }])(
    'an empty body is a success',
    async (headers) => {
      const { httpPort, requests } = await start();
      const reply = await send({ port: httpPort, headers });
      expect(reply.status).toBe(200);
      expect(requests).toHaveLength(0);
    },
  );

  test('a large chunked body of unknown length arrives whole', async () => {
    const { httpPort, requests, metric } = await start();
    const large = Buffer.alloc(5 * MIB, 'abcdefghijk');
    const { request, reply } = openRequest({ port: httpPort });
    for (let at = 0; at < large.length; at += 100_000) request.write(large.subarray(at, at + 100_000));
    request.end();
    expect((await reply).status).toBe(200);
    expect(Buffer.compare(requests[0]!.payload, large)).toBe(0);
    expect(metric('sentinel_receiver_in_flight_bytes')).toBe(0);
  });

  test('Expect: 100-continue is answered before the body is sent', async () => {
    const { httpPort, requests } = await start();
    const headers = { ...protobuf, expect: '100-continue', 'content-length': body.length };
    const { request, reply } = openRequest({ port: httpPort, headers });
    request.on('continue', () => request.end(body));
    request.flushHeaders();
    expect((await reply).status).toBe(200);
    expect(Buffer.from(requests[0]!.body)).toEqual(body);
  });

  test('one connection serves many requests', async () => {
    const { httpPort, requests, metric } = await start();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 5; count++) await send({ port: httpPort, body, agent });
    expect(requests).toHaveLength(5);
    expect(metric('sentinel_receiver_connections', 'wire="http"')).toBe(1);
    agent.destroy();
  });

  test('allow-listed headers and the tenant go with the request, others do not', async () => {
    const { httpPort, requests } = await start({ tenantHeaders: ['X-Scope-OrgID', 'X-Team'] });
    await send({ port: httpPort, headers: { ...protobuf, 'x-team': 'a', 'x-other': 'b' }, body });
    await send({ port: httpPort, headers: { ...protobuf, 'X-Scope-OrgID': 'blue', 'x-team': 'a' }, body });
    expect(requests.map(({ headers, tenant }) => ({ headers, tenant }))).toEqual([
      { headers: { 'x-team': 'a' }, tenant: 'a' },
      { headers: { 'x-scope-orgid': 'blue', 'x-team': 'a' }, tenant: 'blue' },
    ]);
  });
});

describe('what the sender is told', () => {
  test('partial success passes through in protobuf and in JSON, with the field of its signal', async () => {
    const { httpPort } = await start(
      {},
      answer({ kind: 'accepted', partial: { rejectedItems: 3, message: 'too old' } }),
    );
    const inProtobuf = await send({ port: httpPort, path: '/v1/metrics', body });
    expect(decodeMessage('ExportMetricsServiceResponse', inProtobuf.body)).toEqual({
      kind: 'message',
      message: { partialSuccess: { rejectedDataPoints: 3n, errorMessage: 'too old' } },
    });
    const inJson = await send({ port: httpPort, path: '/v1/logs', headers: json, body: '{"a":1}' });
    expect(JSON.parse(inJson.body.toString())).toEqual({
      partialSuccess: { rejectedLogRecords: '3', errorMessage: 'too old' },
    });
  });

  test('retry is 503 with Retry-After in whole seconds', async () => {
    const { httpPort } = await start({ retryAfter: 2000 }, answer({ kind: 'retry', reason: 'Loki is away.' }));
    const reply = await send({ port: httpPort, body });
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('2');
    expect(statusIn(reply.body)).toEqual({ code: 14, message: 'Loki is away.' });
  });

  test('the delay that a backend states comes first, rounded up', async () => {
    const { httpPort } = await start({}, answer({ kind: 'retry', reason: 'x', retryAfterMs: 6100 }));
    expect((await send({ port: httpPort, body })).headers['retry-after']).toBe('7');
  });

  test.each([
    ['malformed', 400, 3],
    ['too_large', 413, 8],
    ['unauthenticated', 401, 16],
    ['forbidden', 403, 7],
    ['unsupported', 415, 12],
  ] as const)('a handler that refuses as %s gives %d', async (cause, status, code) => {
    const { httpPort, metric } = await start({}, answer({ kind: 'refused', cause, reason: 'why' }));
    const reply = await send({ port: httpPort, headers: json, body: '{"a":1}' });
    expect(reply.status).toBe(status);
    expect(reply.headers['retry-after']).toBeUndefined();
    expect(JSON.parse(reply.body.toString())).toEqual({ code, message: 'why' });
    expect(metric('sentinel_receiver_refused_total', `reason="${cause}"`, 'signal="traces"')).toBe(1);
  });

  test('a fault of a backend gives 502, which OTLP lets its sender repeat, and when', async () => {
    const { httpPort } = await start(
      {},
      answer({ kind: 'refused', cause: 'backend_failed', reason: 'tempo: HTTP 500' }),
    );
    const reply = await send({ port: httpPort, headers: json, body: '{"a":1}' });
    expect([reply.status, reply.headers['retry-after']]).toEqual([502, expect.any(String)]);
    expect(JSON.parse(reply.body.toString())).toMatchObject({ code: 14, message: 'tempo: HTTP 500' });
  });

  test('a handler that throws gives a retryable answer, never a bare 500', async () => {
    const { httpPort } = await start({}, () => Promise.reject(new Error('bug')));
    expect((await send({ port: httpPort, body })).status).toBe(503);
  });
});
