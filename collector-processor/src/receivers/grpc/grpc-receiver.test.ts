import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type ExportOutcome } from '../../model/export-request.ts';
import { decodeMessage } from '../../model/otlp/decode-message.ts';
import { frameMessage, framePrefix } from '../../runtime/grpc/frame.ts';
import { retryAfterMsOf } from '../../runtime/grpc/status-details.ts';
import { decodeStatusMessage } from '../../runtime/grpc/status-message.ts';
import { call, logsPath, metricsPath, openCall, tracesPath } from '../testing/grpc-client.ts';
import { useGrpcReceivers } from '../testing/use-receivers.ts';

const MIB = 1024 * 1024;
const message = Buffer.from('any bytes: the receiver does not decode');
const start = useGrpcReceivers();

const answer = (outcome: ExportOutcome) => () => Promise.resolve(outcome);

describe('what is taken', () => {
  test.each([
    [tracesPath, 'traces'],
    [metricsPath, 'metrics'],
    [logsPath, 'logs'],
  ])('%s is handed on as %s with the bytes as they came', async (path, signal) => {
    const { session, requests } = await start();
    const reply = await call(session, message, { ':path': path });
    expect(reply.httpStatus).toBe(200);
    expect(reply.headers['content-type']).toBe('application/grpc');
    expect(reply.headers['grpc-accept-encoding']).toBe('identity,gzip,zstd');
    expect(reply.status['grpc-status']).toBe('0');
    expect(reply.body).toEqual(framePrefix(0, false));
    expect(requests[0]).toMatchObject({ signal, wire: 'grpc', encoding: 'protobuf', compression: 'identity' });
    expect(Buffer.from(requests[0]!.body)).toEqual(message);
  });

  test.each([
    ['gzip', zlib.gzipSync],
    ['zstd', zlib.zstdCompressSync],
  ] as const)('%s messages are inflated, and the compressed bytes are kept', async (compression, compress) => {
    const { session, requests } = await start();
    const packed = compress(message);
    const reply = await call(session, packed, { 'grpc-encoding': compression });
    expect(reply.status['grpc-status']).toBe('0');
    expect(requests[0]).toMatchObject({ compression });
    expect(Buffer.from(requests[0]!.body)).toEqual(packed);
    expect(Buffer.from(requests[0]!.payload)).toEqual(message);
  });

  test('a message that is not marked as compressed is taken as it is, whatever grpc-encoding says', async () => {
    const { session, requests } = await start();
    const { stream, reply } = openCall(session, { 'grpc-encoding': 'gzip' });
    stream.end(frameMessage(message, false));
    expect((await reply).status['grpc-status']).toBe('0');
    expect(requests[0]).toMatchObject({ compression: 'identity' });
  });

  test('an empty message is a success', async () => {
    const { session, requests } = await start();
    expect((await call(session, new Uint8Array(0))).status['grpc-status']).toBe('0');
    expect(requests).toHaveLength(0);
  });

  test('a large message in many frames and tiny pieces arrives whole', async () => {
    const { session, requests, metric } = await start();
    const large = Buffer.alloc(9 * MIB, 'abcdefghijk');
    expect((await call(session, large)).status['grpc-status']).toBe('0');
    expect(Buffer.compare(requests[0]!.payload, large)).toBe(0);
    const { stream, reply } = openCall(session);
    const frame = frameMessage(message, false);
    for (const byte of frame) {
      stream.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    stream.end();
    expect((await reply).status['grpc-status']).toBe('0');
    expect(Buffer.from(requests[1]!.body)).toEqual(message);
    expect(metric('sentinel_receiver_in_flight_bytes')).toBe(0);
  });

  test('many calls at a time on one connection', async () => {
    const { session, requests } = await start();
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) => call(session, Buffer.alloc(index * 100 + 1, index))),
    );
    expect(new Set(replies.map(({ status }) => status['grpc-status']))).toEqual(new Set(['0']));
    expect(requests).toHaveLength(100);
    for (const { body } of requests) expect(body.every((byte) => byte === body[0])).toBe(true);
    expect(requests.map(({ body }) => body.length).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => index * 100 + 1),
    );
  });

  test('header values arrive whole, each character in the code that the client has for it', async () => {
    const { session, requests } = await start();
    const codes = Array.from({ length: 256 }, (_, code) => code).filter((code) => code > 32 && code !== 127);
    // Beside so many short codes the client writes the value in Huffman's.
    const values = codes.map((code) => `${'e'.repeat(60)}${String.fromCharCode(code)}${'a'.repeat(60)}`);
    for (const value of values) await call(session, message, { 'x-scope-orgid': value });
    expect(requests.map(({ tenant }) => tenant)).toEqual(values);
  });

  test('the tenant and the allow-listed metadata go with the request', async () => {
    const { session, requests } = await start();
    await call(session, message, { 'x-scope-orgid': 'blue', 'x-other': 'b' });
    expect(requests[0]).toMatchObject({ tenant: 'blue', headers: { 'x-scope-orgid': 'blue' } });
  });
});

describe('what the sender is told', () => {
  test.each([
    [tracesPath, 'ExportTraceServiceResponse', 'rejectedSpans'],
    [metricsPath, 'ExportMetricsServiceResponse', 'rejectedDataPoints'],
    [logsPath, 'ExportLogsServiceResponse', 'rejectedLogRecords'],
  ] as const)('partial success of %s', async (path, name, field) => {
    const { session } = await start(
      {},
      answer({ kind: 'accepted', partial: { rejectedItems: 2, message: 'too old' } }),
    );
    const reply = await call(session, message, { ':path': path });
    expect(reply.status['grpc-status']).toBe('0');
    expect(decodeMessage(name, reply.body.subarray(5))).toEqual({
      kind: 'message',
      message: { partialSuccess: { [field]: 2n, errorMessage: 'too old' } },
    });
  });

  test('retry is UNAVAILABLE with RetryInfo, by the setting or as the backend stated', async () => {
    const outcomes: ExportOutcome[] = [
      { kind: 'retry', reason: 'Loki is away: größer als 50%' },
      { kind: 'retry', reason: 'x', retryAfterMs: 6100 },
    ];
    const { session } = await start({ retryAfter: 1500 }, () => Promise.resolve(outcomes.shift()!));
    const first = await call(session, message);
    expect(first.status['grpc-status']).toBe('14');
    expect(decodeStatusMessage(String(first.status['grpc-message']))).toBe('Loki is away: größer als 50%');
    expect(retryAfterMsOf(String(first.status['grpc-status-details-bin']))).toBe(1500);
    expect(first.body).toHaveLength(0);
    const second = await call(session, message);
    expect(retryAfterMsOf(String(second.status['grpc-status-details-bin']))).toBe(6100);
  });

  test.each([
    ['malformed', '3'],
    ['too_large', '8'],
    ['unauthenticated', '16'],
    ['forbidden', '7'],
    ['unsupported', '12'],
  ] as const)('a handler that refuses as %s gives status %s without RetryInfo', async (cause, status) => {
    const { session } = await start({}, answer({ kind: 'refused', cause, reason: 'why' }));
    const reply = await call(session, message);
    expect(reply.status['grpc-status']).toBe(status);
    expect(reply.status['grpc-message']).toBe('why');
    expect(reply.status['grpc-status-details-bin']).toBeUndefined();
  });

  test('a fault of a backend gives UNAVAILABLE with RetryInfo', async () => {
    const { session } = await start(
      {},
      answer({ kind: 'refused', cause: 'backend_failed', reason: 'tempo: HTTP 500' }),
    );
    const { status } = await call(session, message);
    expect([status['grpc-status'], status['grpc-message']]).toEqual(['14', 'tempo: HTTP 500']);
    expect(retryAfterMsOf(String(status['grpc-status-details-bin']))).toBeGreaterThan(0);
  });

  test('a handler that throws gives UNAVAILABLE', async () => {
    const { session } = await start({}, () => Promise.reject(new Error('bug')));
    expect((await call(session, message)).status['grpc-status']).toBe('14');
  });
});
