import { once } from 'node:events';
import * as http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { freePort } from '../../../demo/processes/free-port.ts';
import { loadSettings, type Settings } from '../../config/schema.ts';
import { createDecoder } from '../../decode/decoder.ts';
import type { RequestLog } from '../../publish/wal/request-log.ts';
import { send } from '../../receivers/testing/http-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { type OtlpSink, startOtlpSink } from '../../testing/otlp-sink.ts';
import { span } from '../../testing/telemetry-builder-items.ts';
import { traceBytes } from '../../testing/telemetry-builder.ts';
import type { IngestListener } from './ingest-thread.ts';
import { createIngestThreads, type IngestThreads } from './ingest-threads.ts';

// Threads load the program anew, which takes seconds on a busy machine.
jest.setTimeout(60_000);
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function settingsOf(port: number, sink?: OtlpSink): Settings {
  const backends = sink === undefined ? {} : { otlphttp: { endpoint: sink.httpUrl } };
  const text = JSON.stringify({
    receivers: { otlp: { workers: 2, grpc: { enabled: false }, http: { endpoint: `127.0.0.1:${port}` } } },
    forward: { backends, write_ahead_log: { slow_after: '200ms' } },
    telemetry: { log_level: 'error' },
  });
  const result = loadSettings(text, { env: {}, readFile: () => '' }, []);
  if (result.kind !== 'settings') throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

async function started(log?: RequestLog, forwards = true) {
  const sink = await startOtlpSink();
  ends.push(() => sink.close());
  const port = await freePort(0);
  const settings = settingsOf(port, forwards ? sink : undefined);
  const decoder = createDecoder({ options: settings.decode, metrics: createSelfMetrics() });
  const names: string[] = [];
  const unsettled: string[] = [];
  const listener: IngestListener = {
    body(request, body, symbols) {
      const payload = new Uint8Array(body.memory, body.payload.start, body.payload.length);
      const columns = decoder.adopt({ body, symbols }, payload);
      if (columns.signal !== 'traces') throw new Error('no spans');
      names.push(...[...columns.name].map((name) => `${request.tenant}${columns.symbols.text(name)}`));
    },
    unsettled: (request) => unsettled.push(request.signal),
    leftOut: () => undefined,
  };
  const common = { clock: systemClock, logger: silentLogger, metrics: createSelfMetrics() };
  const threads = createIngestThreads({ settings, listener, log, ...common });
  await threads.start();
  const stop = threads.stop.bind(threads);
  ends.push(stop);
  /** Each over a connection of its own, so that both threads get some. */
  async function post(count: number): Promise<number[]> {
    const replies = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        send({ port, body: traceBytes([span({ name: `op ${i}` })]), agent: new http.Agent() }).catch(() => undefined),
      ),
    );
    return replies.map((reply) => reply?.status ?? 0);
  }
  return { threads, settings, sink, names, unsettled, post, port, listener };
}

function requests(threads: IngestThreads): number {
  const points = threads.families().find(({ name }) => name === 'sentinel_intake_requests_total')?.points ?? [];
  return points.reduce((sum, { value }) => sum + Number(value), 0);
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !holds(); i++) await pause(25);
}

/** Each over a connection of its own. */
const ONE_AFTER_THE_OTHER = `
  const { request } = require('node:http');
  const { port, bodies, sent } = require('node:worker_threads').workerData;
  const headers = { 'content-type': 'application/x-protobuf' };
  const next = (index) => {
    if (index === bodies.length) {
      Atomics.store(sent, 0, 1);
      Atomics.notify(sent, 0);
      return;
    }
    const call = request({ host: '127.0.0.1', port, path: '/v1/traces', method: 'POST', headers, agent: false });
    call.on('response', (response) => response.resume().on('end', () => next(index + 1)));
    call.end(bodies[index]);
  };
  next(0);
`;

const all = (count: number): string[] => Array.from({ length: count }, (_, i) => `op ${i}`).sort();

describe('threads that share a port', () => {
  test('forward all and hand on the columns of all; their counts are one', async () => {
    const { threads, sink, names, post } = await started();
    expect(new Set(await post(40))).toEqual(new Set([200]));
    expect(sink.tally.items.traces).toBe(40);
    expect(names.toSorted()).toEqual(all(40));
    await until(() => requests(threads) === 40);
    expect(requests(threads)).toBe(40);
    expect(threads.down()).toBe(0);
  });

  test('one that ends is replaced, and nothing that was acknowledged is lost', async () => {
    const { threads, sink, names, post } = await started();
    await post(10);
    threads.kill(0, 'a test');
    const statuses = await post(20);
    const taken = statuses.filter((status) => status === 200).length;
    await until(() => threads.down() === 0);
    expect(threads.down()).toBe(0);
    expect(new Set(await post(20))).toEqual(new Set([200]));
    expect(sink.tally.items.traces).toBeGreaterThanOrEqual(10 + taken + 20);
    expect(names.length).toBeGreaterThanOrEqual(10 + taken + 20);
  });

  test('a reload reaches all, and one that cannot be changes nothing', async () => {
    const { threads, settings, sink, post, port } = await started();
    const other = await startOtlpSink();
    ends.push(() => other.close());
    expect(await threads.apply(settingsOf(port, other))).toBe(true);
    await post(20);
    expect([sink.tally.items.traces, other.tally.items.traces]).toEqual([0, 20]);
    const { receivers } = settings;
    const elsewhere = { ...receivers.otlp.http, endpoint: '192.0.2.1:1' };
    const broken = { ...settings, receivers: { ...receivers, otlp: { ...receivers.otlp, http: elsewhere } } };
    await expect(threads.apply(broken)).rejects.toThrow('192.0.2.1');
    expect(new Set(await post(10))).toEqual(new Set([200]));
    expect(other.tally.items.traces).toBe(30);
  });

  test('a port that another program listens on is a failure to start, though it would let itself be shared', async () => {
    const { settings, listener } = await started();
    const common = { clock: systemClock, logger: silentLogger, metrics: createSelfMetrics() };
    const second = createIngestThreads({ settings, listener, log: undefined, ...common });
    await expect(second.start()).rejects.toMatchObject({ code: 'SENTINEL_LISTEN_FAILED' });
  });

  test('what did not get through is told, so that its repeat is not scored', async () => {
    const { sink, unsettled, post } = await started();
    sink.answer({ kind: 'status', status: 400 });
    expect(await post(1)).toEqual([400]);
    await until(() => unsettled.length > 0);
    expect(unsettled).toEqual(['traces']);
  });

  test('what a sender sends one after the other is taken in in that order, whichever threads it meets', async () => {
    const { names, port } = await started(undefined, false);
    const bodies = Array.from({ length: 40 }, (_, i) => traceBytes([span({ name: `op ${i}` })]));
    const sent = new Int32Array(new SharedArrayBuffer(4));
    const sender = new Worker(ONE_AFTER_THE_OTHER, { eval: true, workerData: { port, bodies, sent } });
    ends.push(async () => {
      await sender.terminate();
    });
    await once(sender, 'online');
    // This thread lags behind: what both threads tell waits in a queue for each.
    Atomics.wait(sent, 0, 0, 30_000);
    await until(() => names.length === 40);
    expect(names).toEqual(Array.from({ length: 40 }, (_, i) => `op ${i}`));
  });

  test('a stop drains: requests under way are answered and their columns arrive', async () => {
    const { threads, sink, names, post } = await started();
    sink.answer({ kind: 'slow', delayMs: 300 });
    const replies = post(10);
    await pause(100);
    ends.splice(ends.length - 1, 1);
    await threads.stop();
    const taken = (await replies).filter((status) => status === 200).length;
    expect(names.length).toBeGreaterThanOrEqual(taken);
    expect(sink.tally.items.traces).toBeGreaterThanOrEqual(taken);
    expect(taken).toBeGreaterThan(0);
  });
});

describe('the write-ahead log of the main thread', () => {
  /** A log that takes everything, or nothing. */
  function recordingLog(kind: 'kept' | 'full') {
    const kept: string[] = [];
    const landed: string[] = [];
    const log: RequestLog = {
      keep(request, owed) {
        kept.push(`${request.signal} ${[...owed].join(' ')}`);
        const outcome = kind === 'kept' ? ({ kind } as const) : ({ kind, reason: 'no room' } as const);
        return { id: kept.length * 100, kept: Promise.resolve(outcome) };
      },
      land: (id, backend, { kind: fate }) => landed.push(`${id} ${backend} ${fate}`),
    };
    return { log, kept, landed };
  }

  test('keeps what a backend does not take in time, and hears of it when it took it after all', async () => {
    const { log, kept, landed } = recordingLog('kept');
    const { sink, post } = await started(log);
    sink.answerNext({ kind: 'slow', delayMs: 800 });
    expect(await post(1)).toEqual([200]);
    expect(kept).toEqual(['traces otlphttp,live']);
    expect(landed).toEqual([]);
    await until(() => landed.length > 0);
    expect(landed).toEqual(['100 otlphttp delivered']);
  });

  test('what it has no room for is refused for a retry', async () => {
    const { log } = recordingLog('full');
    const { sink, post } = await started(log);
    sink.answer({ kind: 'slow', delayMs: 400, then: { kind: 'status', status: 429 } });
    expect([429, 503]).toContain((await post(1))[0]);
  });

  test('what an ended thread was sending and had promised is handed to the drain', async () => {
    const { log, kept, landed } = recordingLog('kept');
    const { threads, sink, post } = await started(log);
    sink.answer({ kind: 'hang' });
    expect(new Set(await post(6))).toEqual(new Set([200]));
    expect(kept).toHaveLength(6);
    for (const index of [0, 1]) threads.kill(index, 'a test');
    await until(() => landed.length === 6);
    expect(landed.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map((count) => `${count}00 otlphttp failed`));
    sink.answer({ kind: 'ok' });
    await until(() => threads.down() === 0);
  });
});
