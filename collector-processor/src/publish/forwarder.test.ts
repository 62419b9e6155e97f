import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encodePlain } from '../model/otlp/encode.ts';
import { type OtlpSink, startOtlpSink } from '../testing/otlp-sink.ts';
import { logsBytes, logsRequest, metricsBytes } from '../testing/telemetry-builder.ts';
import type { Forwarder } from './forwarder.ts';
import { exportRequest } from './testing/export-request.ts';
import { createForwarderUnderTest } from './testing/forwarder-under-test.ts';

const record = (text: string) => logsBytes([{ body: { stringValue: text } }]);
const payload = record('a');
const json = Buffer.from(JSON.stringify(logsRequest([{ body: { stringValue: 'a' } }])));
const transcoded = encodePlain('ExportLogsServiceRequest', JSON.parse(json.toString()));
if (transcoded.kind === 'malformed') throw new TypeError(transcoded.reason);
const protobuf = transcoded.bytes;
const compressions = ['identity', 'gzip', 'zstd'] as const;

let sink: OtlpSink;
let other: OtlpSink;
let forwarder: Forwarder;
let sample: (name: string, labels?: Readonly<Record<string, string>>) => number;

function build(...args: Parameters<typeof createForwarderUnderTest>): Forwarder {
  ({ forwarder, sample } = createForwarderUnderTest(...args));
  return forwarder;
}

beforeEach(async () => {
  [sink, other] = await Promise.all([startOtlpSink(), startOtlpSink()]);
});

afterEach(async () => {
  await forwarder.stop();
  await Promise.all([sink.close(), other.close()]);
});

describe('what leaves', () => {
  test.each(compressions)('%s protobuf is passed on byte for byte by HTTP and gRPC', async (compression) => {
    const settings = { compressions: ['gzip', 'zstd'] };
    build({ otlphttp: { endpoint: sink.httpUrl, ...settings }, otlp: { endpoint: sink.grpcUrl, ...settings } });
    const request = exportRequest(payload, { compression });
    expect(await forwarder.forward(request, payload)).toEqual({ kind: 'accepted' });
    expect(sink.requests.map(({ wire }) => wire).sort()).toEqual(['grpc', 'http']);
    for (const arrived of sink.requests) {
      expect(arrived.compression).toBe(compression);
      expect(Buffer.compare(arrived.body, request.body)).toBe(0);
    }
    expect(sample('sentinel_forward_reencoded_total')).toBe(0);
  });

  test.each(compressions)('%s JSON is passed on byte for byte where it is taken', async (compression) => {
    build({
      'otlphttp/a': { endpoint: sink.httpUrl, compressions: ['gzip', 'zstd'] },
      loki: { endpoint: other.httpUrl },
    });
    const request = exportRequest(json, { encoding: 'json', compression });
    await forwarder.forward(request, protobuf);
    for (const { requests } of [sink, other]) {
      expect(requests[0]).toMatchObject({ encoding: 'json', compression });
      expect(Buffer.compare(requests[0]?.body ?? Buffer.alloc(0), request.body)).toBe(0);
    }
    expect(other.requests[0]?.path).toBe('/otlp/v1/logs');
  });

  test('JSON becomes the protobuf message for backends that take none', async () => {
    build({ otlp: { endpoint: sink.grpcUrl }, 'otlphttp/plain': { endpoint: other.httpUrl, encodings: ['protobuf'] } });
    await forwarder.forward(exportRequest(json, { encoding: 'json', compression: 'gzip' }), protobuf);
    for (const { requests } of [sink, other]) {
      expect(requests[0]).toMatchObject({ encoding: 'protobuf', compression: 'identity', items: 1 });
      expect(Buffer.compare(requests[0]?.body ?? Buffer.alloc(0), protobuf)).toBe(0);
    }
    expect(sample('sentinel_forward_reencoded_total', { reason: 'json' })).toBe(2);
  });

  test('a compression that the backend does not take is undone', async () => {
    build({
      otlphttp: { endpoint: sink.httpUrl },
      'otlphttp/plain': { endpoint: other.httpUrl, compressions: ['identity'] },
    });
    await forwarder.forward(exportRequest(payload, { compression: 'zstd' }), payload);
    await forwarder.forward(exportRequest(payload, { compression: 'gzip' }), payload);
    expect(sink.requests.map(({ compression }) => compression)).toEqual(['identity', 'gzip']);
    expect(other.requests.map(({ compression }) => compression)).toEqual(['identity', 'identity']);
    expect(sample('sentinel_forward_reencoded_total', { backend: 'otlphttp', reason: 'zstd' })).toBe(1);
    expect(sample('sentinel_forward_reencoded_total', { backend: 'otlphttp/plain', reason: 'gzip' })).toBe(1);
  });

  test('credentials, static and tenant headers go along', async () => {
    build({
      'otlphttp/basic': {
        endpoint: sink.httpUrl,
        auth: { username: 'u', password: 'p' },
        headers: { 'X-Static': 'yes' },
      },
      'otlp/bearer': { endpoint: other.grpcUrl, auth: { bearer_token: 'secret' } },
    });
    await forwarder.forward(exportRequest(payload, { headers: { 'x-scope-orgid': 'team' } }), payload);
    const basic = { authorization: 'Basic dTpw', 'x-static': 'yes', 'x-scope-orgid': 'team' };
    expect(sink.requests[0]?.headers).toMatchObject(basic);
    expect(other.requests[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'x-scope-orgid': 'team' });
  });

  test('each backend gets its signals at its paths, and no others', async () => {
    build({
      victoriametrics: { endpoint: sink.httpUrl },
      loki: { endpoint: sink.httpUrl },
      otlphttp: { endpoint: `${other.httpUrl}/base`, signals: ['metrics'], paths: { metrics: '/own/v1/metrics' } },
    });
    const points = metricsBytes([{ name: 'm', gauge: { dataPoints: [{ asInt: 1 }] } }]);
    await forwarder.forward(exportRequest(points, { signal: 'metrics' }), points);
    await forwarder.forward(exportRequest(payload), payload);
    expect(sink.requests.map(({ path }) => path)).toEqual(['/opentelemetry/v1/metrics', '/otlp/v1/logs']);
    expect(other.requests.map(({ path }) => path)).toEqual(['/own/v1/metrics']);
  });

  test('a signal without backend, a disabled backend and an empty request are accepted without sending', async () => {
    build({ loki: { endpoint: sink.httpUrl }, otlphttp: { endpoint: sink.httpUrl, enabled: false } });
    expect(await forwarder.forward(exportRequest(payload, { signal: 'traces' }), payload)).toEqual({
      kind: 'accepted',
    });
    const empty = new Uint8Array(0);
    expect(await forwarder.forward(exportRequest(empty), empty)).toEqual({ kind: 'accepted' });
    expect(sink.arrivals).toBe(0);
  });
});

describe('several backends', () => {
  const both = () => ({ 'otlphttp/one': { endpoint: sink.httpUrl }, 'otlphttp/two': { endpoint: other.httpUrl } });

  test('a backend that hangs delays no other one', async () => {
    build({ ...both(), 'otlphttp/one': { endpoint: sink.httpUrl, timeout: '10s' } });
    sink.answer({ kind: 'hang' });
    const requests = Array.from({ length: 40 }, (_unused, index) => record(String(index)));
    const outcomes = requests.map((body) => forwarder.forward(exportRequest(body), body));
    await expect(Promise.race([...outcomes, other.arrived(1).then(() => 'arrived')])).resolves.toBe('arrived');
    const [, two] = forwarder.backends();
    while ((forwarder.backends()[1]?.queuedRequests ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(other.tally.items.logs).toBe(40);
    expect(two?.breaker).toBe('closed');
    await forwarder.stop();
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(requests.map(() => 'retry'));
  });

  test('when one fails, the sender repeats and those that took it are passed by', async () => {
    build(both());
    sink.answer({ kind: 'status', status: 503 });
    const request = exportRequest(payload);
    expect(await forwarder.forward(request, payload)).toEqual({ kind: 'retry', reason: 'otlphttp/one: HTTP 503' });
    sink.answer({ kind: 'ok' });
    expect(await forwarder.forward(exportRequest(payload, { compression: 'gzip' }), payload)).toEqual({
      kind: 'accepted',
    });
    expect([sink.tally.requests, other.tally.requests]).toEqual([1, 1]);
    expect(sample('sentinel_forward_repeats_skipped_total', { backend: 'otlphttp/two' })).toBe(1);
    expect(sample('sentinel_forward_remembered_requests')).toBe(0);
    await forwarder.forward(request, payload);
    expect(other.tally.requests).toBe(2);
  });

  test('the repeat is told again what those that are passed by did not take', async () => {
    build(both());
    sink.answer({ kind: 'status', status: 503 });
    other.answer({ kind: 'partial', rejected: 1, message: 'too old' });
    expect((await forwarder.forward(exportRequest(payload), payload)).kind).toBe('retry');
    sink.answer({ kind: 'ok' });
    expect(await forwarder.forward(exportRequest(payload), payload)).toEqual({
      kind: 'accepted',
      partial: { rejectedItems: 1, message: 'otlphttp/two: too old' },
    });
    expect(other.arrivals).toBe(1);
  });

  test('the same payload of another tenant is no repeat', async () => {
    build(both());
    sink.answer({ kind: 'status', status: 503 });
    await forwarder.forward(exportRequest(payload, { headers: { 'x-scope-orgid': 'a' } }), payload);
    sink.answer({ kind: 'ok' });
    await forwarder.forward(exportRequest(payload, { headers: { 'x-scope-orgid': 'b' } }), payload);
    expect(other.tally.requests).toBe(2);
  });

  test('remembering can be switched off', async () => {
    build(both(), { remember_delivered: { enabled: false } });
    sink.answer({ kind: 'status', status: 503 });
    await forwarder.forward(exportRequest(payload), payload);
    sink.answer({ kind: 'ok' });
    await forwarder.forward(exportRequest(payload), payload);
    expect(other.tally.requests).toBe(2);
  });

  test('what was stored for a sender that had gone away is not stored again', async () => {
    build({ otlphttp: { endpoint: sink.httpUrl } });
    const gone = new AbortController();
    sink.answerNext({ kind: 'slow', delayMs: 20 });
    const first = forwarder.forward(exportRequest(payload, { abandoned: gone.signal }), payload);
    gone.abort();
    await first;
    expect(await forwarder.forward(exportRequest(payload), payload)).toEqual({ kind: 'accepted' });
    expect(sink.arrivals).toBe(1);
  });

  test('partial successes are merged', async () => {
    build(both());
    sink.answer({ kind: 'partial', rejected: 1, message: 'too old' });
    other.answer({ kind: 'partial', rejected: 3, message: 'too long' });
    expect(await forwarder.forward(exportRequest(payload), payload)).toEqual({
      kind: 'accepted',
      partial: { rejectedItems: 3, message: 'otlphttp/one: too old; otlphttp/two: too long' },
    });
  });
});
