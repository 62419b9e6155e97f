import { afterEach, expect, test } from '@jest/globals';
import { freePort } from '../../../demo/processes/free-port.ts';
import { loadSettings } from '../../config/schema.ts';
import { createDecoder } from '../../decode/decoder.ts';
import { RemoteSymbols } from '../../decode/reading/remote-symbols.ts';
import type { AnomalyEvent } from '../../model/anomaly.ts';
import type { Signal } from '../../model/signal.ts';
import { send } from '../../receivers/testing/http-client.ts';
import { type Clock, systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createMask } from '../../runtime/masking.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { SharedNumber } from '../../runtime/shared-number.ts';
import { createScoreStage } from '../../score/score-stage.ts';
import { testOptions } from '../../score/testing/test-options.ts';
import { decodeOptions } from '../../testing/decode-options.ts';
import { createRandom } from '../../testing/random.ts';
import { gauge, logRecord, nano } from '../../testing/telemetry-builder-items.ts';
import { logsBytes, metricsBytes, traceBytes } from '../../testing/telemetry-builder.ts';
import { createIngestSide } from './ingest-side.ts';
import type { FromIngest } from './messages.ts';
import { createScoringListener } from './scoring-listener.ts';

const START_MS = Date.UTC(2026, 2, 3, 12);
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Scoring on a clock that goes on when it is told to. */
async function scoring() {
  const time = { ms: 0 };
  const sleepers = new Set<() => void>();
  const clock: Clock = {
    nowMs: () => START_MS + time.ms,
    monotonicMs: () => time.ms,
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        sleepers.add(resolve);
        signal?.addEventListener('abort', () => resolve());
      }),
  };
  const events: AnomalyEvent[] = [];
  const metrics = createSelfMetrics();
  const decoder = createDecoder({ options: decodeOptions(), metrics });
  const stage = createScoreStage({
    ...{ options: testOptions({ bucket: 1000 }), readAttributes: decoder.attributes, mask: createMask([]) },
    ...{ clock, logger: silentLogger, metrics },
    onScores: () => undefined,
    onAnomaly: (event) => events.push(event),
    onChange: () => undefined,
    onForecasts: () => undefined,
  });
  await stage.start();
  ends.push(() => stage.stop());
  return {
    ...{ stage, decoder, events, metrics },
    async pass(ms: number): Promise<void> {
      time.ms += ms;
      for (const wake of [...sleepers].splice(0)) wake();
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** One ingest thread without a thread: what it tells goes the way of messages. */
async function ingest(place: number, { stage, decoder, metrics }: Awaited<ReturnType<typeof scoring>>) {
  const listener = createScoringListener({
    ...{ adopt: decoder.adopt, score: () => stage, observe: () => undefined, logger: silentLogger, metrics },
  });
  const port = await freePort(0);
  // Neither a machine without a free processor nor what other tests have in memory changes an answer.
  const patience = { max_memory: '0B', header_timeout: '10m', receive_timeout: '10m', idle_timeout: '10m' };
  const otlp = { workers: 2, grpc: { enabled: false }, http: { endpoint: `127.0.0.1:${port}` }, ...patience };
  const loaded = loadSettings(JSON.stringify({ receivers: { otlp } }), { env: {}, readFile: () => '' }, []);
  if (loaded.kind !== 'settings') throw new Error(JSON.stringify(loaded.problems));
  let symbols = new RemoteSymbols(0);
  const done = new Int32Array(new SharedArrayBuffer(4));
  const numbers = new Int32Array(new SharedArrayBuffer(4));
  const [used, inFlight] = [SharedNumber.memoryFor(3), SharedNumber.memoryFor(3)];
  const side = createIngestSide({
    start: { settings: loaded.settings, threads: 2, done, numbers, used, inFlight, place, hasLog: false },
    tell(message, moved) {
      const arrived: FromIngest = structuredClone(message, { transfer: [...moved] });
      if (arrived.kind !== 'body') return;
      const { body, request } = arrived;
      if (body.symbols.generation !== symbols.generation) symbols = new RemoteSymbols(body.symbols.generation);
      symbols.learn(body);
      listener.body(request, body, symbols);
    },
    clock: systemClock,
    logger: silentLogger,
  });
  await side.start();
  ends.push(() => side.stop());
  return async (signal: Signal, body: Uint8Array): Promise<void> => {
    expect((await send({ port, path: `/v1/${signal}`, body })).status).toBe(200);
  };
}

/** One second of a shop, in which the payment slows down and fails in the end. */
function* second(index: number, random: ReturnType<typeof createRandom>): Generator<readonly [Signal, Uint8Array]> {
  const nowMs = START_MS + index * 1000;
  for (const service of ['cart', 'payment']) {
    const isBroken = service === 'payment' && index >= 55;
    const resource = { resource: { 'service.name': service } };
    const spans = Array.from({ length: 30 }, (_, item) => ({
      traceId: random.bytes(16),
      spanId: random.bytes(8),
      name: `GET /${item % 3}`,
      kind: 2,
      startTimeUnixNano: nano(nowMs - (isBroken ? 400 : 20) - Math.floor(random.next() * 9)),
      endTimeUnixNano: nano(nowMs),
      status: { code: isBroken && item % 2 === 0 ? 2 : 0 },
    }));
    yield ['traces', traceBytes(spans, resource)];
    const lines = Array.from({ length: 12 }, (_, item) =>
      logRecord({ body: `user ${Math.floor(random.next() * 1000)} did ${item % 4}`, timeMs: nowMs }),
    );
    yield ['logs', logsBytes(lines, resource)];
    yield [
      'metrics',
      metricsBytes([gauge('load', [{ value: (isBroken ? 9 : 1) + random.next(), timeMs: nowMs }])], resource),
    ];
  }
}

test('two threads that take turns lead to the same findings as one', async () => {
  const [one, two] = [await scoring(), await scoring()];
  const threads = [await ingest(1, two), await ingest(2, two)];
  const random = createRandom(3);
  let sent = 0;
  for (let index = 0; index < 65; index++) {
    for (const [signal, body] of second(index, random)) {
      const read = one.decoder.decode(signal, body);
      if (read.kind !== 'columns') throw new Error(read.reason);
      one.stage.accept(read.columns, { tenant: '' });
      await threads[sent++ % 2]?.(signal, body);
    }
    for (const { pass } of [one, two]) await pass(1000);
  }
  const findings = ({ events }: typeof one) =>
    events.map((event) => JSON.stringify({ ...event, anomaly: { ...event.anomaly, id: '' } }));
  expect(findings(one).length).toBeGreaterThan(2);
  expect(findings(two)).toEqual(findings(one));
  for (const signal of ['traces', 'metrics', 'logs'] as const) {
    expect(two.stage.traffic(signal)).toEqual(one.stage.traffic(signal));
    expect(two.stage.traffic(signal).unscored).toBe(0);
  }
}, 600_000);
