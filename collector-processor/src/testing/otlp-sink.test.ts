import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeMessage } from '../model/otlp/decode-message.ts';
import { encodeMessage } from '../model/otlp/encode.ts';
import { addDigests, countItems, digestOf, type OtlpSink, startOtlpSink } from './otlp-sink.ts';

function logs(...texts: string[]): Uint8Array {
  return encodeMessage('ExportLogsServiceRequest', {
    resourceLogs: texts.map((stringValue) => ({ scopeLogs: [{ logRecords: [{ body: { stringValue } }] }] })),
  });
}

let sink: OtlpSink;
beforeEach(async () => {
  sink = await startOtlpSink();
});
afterEach(() => sink.close());

function post(body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/x-protobuf', ...headers };
  return fetch(`${sink.httpUrl}/v1/logs`, { method: 'POST', body: Buffer.from(body), headers: all });
}

describe('over HTTP', () => {
  test('keeps bytes, headers and payload of what arrives, in each compression', async () => {
    const payload = logs('a', 'b');
    const twoFrames = Buffer.concat([zstdCompressSync(logs('a')), zstdCompressSync(logs('b'))]);
    await post(payload, { 'x-scope-orgid': 'team' });
    await post(gzipSync(payload), { 'content-encoding': 'gzip' });
    await post(twoFrames, { 'content-encoding': 'zstd' });
    expect(sink.requests.map(({ compression }) => compression)).toEqual(['identity', 'gzip', 'zstd']);
    for (const request of sink.requests) expect(Buffer.compare(request.payload, payload)).toBe(0);
    expect(sink.requests[0]?.headers).toMatchObject({ 'x-scope-orgid': 'team' });
    expect(sink.tally).toMatchObject({ requests: 3, items: { logs: 6 } });
  });

  test('reads JSON to the same payload', async () => {
    const json = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a' } }] }] }] });
    await post(json, { 'content-type': 'application/json' });
    expect(sink.requests[0]).toMatchObject({ encoding: 'json', items: 1 });
    expect(sink.tally.digest).toBe(digestOf(logs('a')));
  });

  test('answers 400 to an unreadable body and does not count it', async () => {
    const response = await post(logs('a').subarray(0, 5));
    expect(response.status).toBe(400);
    expect(sink.tally.requests).toBe(0);
    expect(sink.arrivals).toBe(1);
  });

  test('gives the answers it is told, once each, then the standing one', async () => {
    sink.answer({ kind: 'status', status: 503, retryAfterS: 7 });
    sink.answerNext({ kind: 'reset' }, { kind: 'partial', rejected: 1, message: 'old' });
    await expect(post(logs('a'))).rejects.toThrow();
    expect((await post(logs('a'))).status).toBe(200);
    const last = await post(logs('a'));
    expect([last.status, last.headers.get('retry-after')]).toEqual([503, '7']);
    expect(sink.tally.requests).toBe(1);
  });

  test('a hanging request ends with the sender’s patience; it is stored only when told so', async () => {
    sink.answerNext({ kind: 'hang' }, { kind: 'hang', stored: true });
    const impatient = () =>
      fetch(`${sink.httpUrl}/v1/logs`, {
        method: 'POST',
        body: Buffer.from(logs('a')),
        signal: AbortSignal.timeout(20),
      });
    await expect(impatient()).rejects.toThrow();
    await expect(impatient()).rejects.toThrow();
    await sink.arrived(2);
    expect(sink.tally.requests).toBe(1);
  });
});

test('counts items of all signals, and its digest does not depend on joining or order', () => {
  const [one, two] = [logs('a', 'b'), logs('c')];
  const joined = Buffer.concat([two, one]);
  expect(countItems('logs', joined)).toBe(3);
  expect(digestOf(joined)).toBe(addDigests(digestOf(one), digestOf(two)));
  expect(digestOf(one)).not.toBe(digestOf(two));
  const metrics = encodeMessage('ExportMetricsServiceRequest', {
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ gauge: { dataPoints: [{ asInt: 1 }, { asInt: 2 }] } }] }] }],
  });
  expect(countItems('metrics', metrics)).toBe(2);
  const traces = encodeMessage('ExportTraceServiceRequest', {
    resourceSpans: [{ scopeSpans: [{ spans: [{ spanId: randomBytes(8) }] }, { spans: [{}, {}] }] }],
  });
  expect(countItems('traces', traces)).toBe(3);
});

describe('over gRPC', () => {
  const path = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';

  function call(payload: Uint8Array): Promise<Uint8Array> {
    const client = new Client(sink.grpcUrl.replace('http://', ''), credentials.createInsecure());
    return new Promise<Uint8Array>((resolve, reject) => {
      const identity = (bytes: Uint8Array) => Buffer.from(bytes);
      client.makeUnaryRequest(path, identity, identity, payload, (error, reply) => {
        client.close();
        if (error === null) resolve(reply ?? new Uint8Array(0));
        else reject(error);
      });
    });
  }

  test('takes a unary call of another implementation', async () => {
    expect(await call(logs('a'))).toHaveLength(0);
    expect(sink.requests[0]).toMatchObject({ wire: 'grpc', signal: 'logs', items: 1, compression: 'identity' });
  });

  test('answers with the code that belongs to the HTTP status, and with RetryInfo', async () => {
    sink.answer({ kind: 'status', status: 503, message: 'später', retryAfterS: 1.5 });
    const error = await call(logs('a')).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: status.UNAVAILABLE, details: 'später' });
    const details = (error as ServiceError).metadata.get('grpc-status-details-bin')[0] as Buffer;
    const decoded = decodeMessage('Status', details);
    if (decoded.kind !== 'message') throw new Error(decoded.reason);
    const retryInfo = decodeMessage('RetryInfo', decoded.message.details?.[0]?.value ?? new Uint8Array(0));
    expect(retryInfo).toEqual({ kind: 'message', message: { retryDelay: { seconds: 1n, nanos: 500_000_000 } } });
  });

  test('relays partial success and breaks a stream', async () => {
    sink.answerNext({ kind: 'partial', rejected: 2, message: 'old' }, { kind: 'reset' });
    const decoded = decodeMessage('ExportLogsServiceResponse', await call(logs('a')));
    expect(decoded).toMatchObject({ message: { partialSuccess: { rejectedLogRecords: 2n, errorMessage: 'old' } } });
    await expect(call(logs('a'))).rejects.toMatchObject({ code: status.INTERNAL });
  });
});
