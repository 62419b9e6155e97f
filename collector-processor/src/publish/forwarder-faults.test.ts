import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SentinelError } from '../runtime/errors.ts';
import { type OtlpSink, startOtlpSink, topRecords } from '../testing/otlp-sink.ts';
import { logsBytes } from '../testing/telemetry-builder.ts';
import { exportRequest } from './testing/export-request.ts';
import { createForwarderUnderTest } from './testing/forwarder-under-test.ts';

const record = (text: string) => logsBytes([{ body: { stringValue: text } }]);
const payload = record('a');

describe.each(['http', 'grpc'] as const)('over %s', (wire) => {
  let sink: OtlpSink;
  let under: ReturnType<typeof createForwarderUnderTest>;

  function build(settings: Readonly<Record<string, unknown>> = {}) {
    const backend = wire === 'http' ? { otlphttp: { endpoint: sink.httpUrl } } : { otlp: { endpoint: sink.grpcUrl } };
    const named = Object.entries(backend).map(([name, own]) => [name, { ...own, ...settings }] as const);
    under = createForwarderUnderTest(Object.fromEntries(named));
    return under;
  }

  const send = (body: Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
    under.forwarder.forward(exportRequest(body, { headers }), body);

  beforeEach(async () => {
    sink = await startOtlpSink();
  });

  afterEach(async () => {
    await under.forwarder.stop();
    await sink.close();
  });

  test.each([
    ['503', { kind: 'status', status: 503 }],
    ['429 with a short Retry-After', { kind: 'status', status: 429, retryAfterS: 0 }],
    ['a reset', { kind: 'reset' }],
    ['a hang', { kind: 'hang' }],
  ] as const)('%s is tried again while the sender waits', async (_name, answer) => {
    const timeout = answer.kind === 'hang' ? '500ms' : '5s';
    build({ timeout, retry: { initial_interval: '5ms', max_elapsed: '5s' } });
    sink.answerNext(answer);
    expect(await send(payload)).toEqual({ kind: 'accepted' });
    expect(sink.arrivals).toBe(2);
  });

  test.each([
    [400, 'malformed'],
    [413, 'too_large'],
    [500, 'backend_failed'],
    [505, 'backend_failed'],
  ] as const)('%d goes back to the sender without another try, with the reason', async (status, cause) => {
    build();
    sink.answer({ kind: 'status', status, message: 'because' });
    const outcome = await send(payload);
    expect(outcome).toMatchObject({ kind: 'refused', cause });
    expect(outcome.kind === 'refused' && outcome.reason).toContain('because');
    expect(sink.arrivals).toBe(1);
  });

  test.each([401, 403])(
    '%d is Sentinel’s own trouble: the sender keeps its data, the state tells why',
    async (status) => {
      build();
      sink.answer({ kind: 'status', status });
      expect(await send(payload)).toMatchObject({ kind: 'retry' });
      expect(under.sample('sentinel_forward_misconfigured_total', { status: String(status) })).toBe(1);
      expect(under.forwarder.backends()[0]).toMatchObject({ breaker: 'closed', lastError: {} });
    },
  );

  test('a joined body with one bad record loses that one only', async () => {
    build({ max_in_flight: 1 });
    const holdsBad = (bytes: Uint8Array) => topRecords(bytes).some((found) => Buffer.from(found).includes('bad'));
    sink.answer((request) => (holdsBad(request.payload) ? { kind: 'status', status: 400 } : { kind: 'ok' }));
    sink.answerNext({ kind: 'slow', delayMs: 30 });
    const texts = ['0', '1', '2', 'bad', '4', '5', '6', '7'];
    const outcomes = await Promise.all(texts.map((text) => send(record(text))));
    expect(outcomes.map(({ kind }) => kind)).toEqual(texts.map((text) => (text === 'bad' ? 'refused' : 'accepted')));
    expect(sink.tally.items.logs).toBe(7);
    expect(sink.arrivals).toBeLessThan(8 + 2);
  });

  test('a malformed body is not joined at all', async () => {
    build({ max_in_flight: 1 });
    sink.answerNext({ kind: 'slow', delayMs: 30 });
    const bodies = [record('a'), record('b'), record('c').subarray(0, 12), record('d')];
    const outcomes = await Promise.all(bodies.map((body) => send(body)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'refused', 'accepted']);
    expect(under.sample('sentinel_forward_bisected_total')).toBe(0);
  });

  test('requests of two tenants are never joined', async () => {
    build({ max_in_flight: 1 });
    sink.answerNext({ kind: 'slow', delayMs: 30 });
    const tenants = ['a', 'b', 'a', 'b', 'a', 'b'];
    await Promise.all(tenants.map((tenant) => send(record(tenant), { 'x-scope-orgid': tenant })));
    for (const { headers, payload: joined } of sink.requests) {
      for (const found of topRecords(joined))
        expect(Buffer.from(found).includes(String(headers['x-scope-orgid']))).toBe(true);
    }
    expect(sink.tally).toMatchObject({ requests: 3, items: { logs: 6 } });
  });

  test('a dead backend opens the breaker; it closes when the backend is back', async () => {
    build({ breaker: { consecutive_failures: 2, open_for: '50ms' } });
    sink.answer({ kind: 'status', status: 503 });
    expect(await send(payload)).toMatchObject({ kind: 'retry' });
    expect(under.forwarder.backends()[0]).toMatchObject({ breaker: 'open', retried: 2, delivered: 0 });
    expect(under.sample('sentinel_forward_breaker_state')).toBe(2);
    const arrivals = sink.arrivals;
    expect(await send(payload)).toMatchObject({ kind: 'retry' });
    expect(sink.arrivals).toBe(arrivals);
    sink.answer({ kind: 'ok' });
    while ((await send(payload)).kind !== 'accepted') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(under.forwarder.backends()[0]).toMatchObject({ breaker: 'closed', delivered: 1 });
  });

  test('a stop lets what is under way end, and takes nothing more', async () => {
    build();
    sink.answerNext({ kind: 'slow', delayMs: 40 });
    const last = send(payload);
    await sink.arrived(1);
    await under.forwarder.stop();
    expect(await last).toEqual({ kind: 'accepted' });
    expect(await send(payload)).toMatchObject({ kind: 'retry' });
  });
});

test.each([
  ['an unknown type', { jaeger: { endpoint: 'http://a' } }],
  ['a foreign signal', { loki: { endpoint: 'http://a', signals: ['traces'] } }],
  ['a protocol that the type does not speak', { loki: { endpoint: 'http://a', protocol: 'grpc' } }],
  ['no address', { loki: { endpoint: 'http://a:b:c' } }],
])('%s is refused at the start', (_name, backends) => {
  const build = () => createForwarderUnderTest(backends);
  expect(build).toThrow();
  if (!('jaeger' in backends)) expect(build).toThrow(SentinelError);
});
