import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type ExportRequest } from '../../model/export-request.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { decodeOptions } from '../../testing/decode-options.ts';
import { traceBytes } from '../../testing/telemetry-builder.ts';
import { createBodyReader } from './body-reader.ts';
import { createBodyReaders } from './body-readers.ts';
import { type ReadRequest } from './messages.ts';
import { startThread } from './reader-thread.ts';
import { type ReadingOptions } from './reading-options.ts';

const defaults: ReadingOptions = {
  threads: 1,
  minSize: 10,
  minJsonSize: 10,
  queueSize: 2,
  timeout: 10_000,
  idleAfter: 60_000,
  maxHeap: 2 ** 28,
};
const body = traceBytes([{ name: 'GET /' }, { name: 'GET /' }]);

function request(changed: Partial<ExportRequest> = {}): ExportRequest {
  const common = { wire: 'http', compression: 'identity', headers: {}, tenant: '', receivedAtMs: 0 } as const;
  return { signal: 'traces', encoding: 'protobuf', body, payload: body, ...common, ...changed };
}

const json = (text: string): ExportRequest => request({ encoding: 'json', payload: Buffer.from(text.padEnd(20)) });

/** A thread that reads when it is told to. */
class HeldThread extends EventEmitter {
  readonly asked: ReadRequest[] = [];
  readonly #read = createBodyReader(decodeOptions());
  ended = false;

  postMessage(message: ReadRequest): void {
    this.asked.push(message);
  }

  answer(): void {
    this.emit('message', { kind: 'started' });
    const next = this.asked.shift();
    if (next !== undefined) this.#read(next, (reply) => this.emit('message', reply));
  }

  terminate(): Promise<number> {
    this.ended = true;
    return Promise.resolve(1);
  }

  unref(): void {
    // Nothing to let go of.
  }
}

function pool(changed: Partial<ReadingOptions> = {}) {
  const threads: HeldThread[] = [];
  const metrics = createSelfMetrics();
  const clock = { now: 0, monotonicMs: () => clock.now };
  const readers = createBodyReaders({
    options: { ...decodeOptions(), reading: { ...defaults, ...changed } },
    clock,
    logger: silentLogger,
    metrics,
    start() {
      const thread = new HeldThread();
      threads.push(thread);
      return thread;
    },
  });
  const value = (name: string, label = ''): number =>
    metrics
      .samples()
      .filter((sample) => sample.name === `sentinel_reading_${name}` && JSON.stringify(sample.labels).includes(label))
      .reduce((sum, sample) => sum + sample.value, 0);
  return { readers, threads, clock, value };
}

test('a real thread reads a body of protobuf and one of JSON', async () => {
  const readers = createBodyReaders({
    options: { ...decodeOptions(), reading: defaults },
    clock: { monotonicMs: () => 0 },
    logger: silentLogger,
    metrics: createSelfMetrics(),
    start: startThread,
  });
  expect(await readers.read(request())?.read).toMatchObject({ kind: 'read', body: { signal: 'traces', count: 2 } });
  const reading = readers.read(json('{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}'));
  expect(await reading?.transcoded).toMatchObject({ kind: 'protobuf' });
  expect(await reading?.read).toMatchObject({ kind: 'read', body: { count: 1 } });
  await readers.stop();
});

test('a thread without a body ends with its heap, and another one starts for the next', async () => {
  const { readers, threads, value } = pool({ idleAfter: 20 });
  const first = readers.read(request());
  threads[0]?.answer();
  const result = await first?.read;
  if (result?.kind === 'read') result.release();
  expect(value('threads')).toBe(1);
  while (threads[0]?.ended === false) await pause(5);
  expect([value('threads'), value('lost_total')]).toEqual([0, 0]);
  const again = readers.read(request());
  threads[1]?.answer();
  expect(await again?.read).toMatchObject({ kind: 'read' });
  await readers.stop();
});

describe('what is read here instead', () => {
  test('small bodies, and all of them without threads', () => {
    expect(pool({ minSize: body.length + 1 }).readers.read(request())).toBeUndefined();
    expect(pool({ minJsonSize: 21 }).readers.read(json('{}'))).toBeUndefined();
    expect(pool({ threads: 0 }).readers.read(request())).toBeUndefined();
  });

  test('what the queue has no room for, counted', () => {
    const { readers, value } = pool();
    for (let i = 0; i < 3; i++) expect(readers.read(request())).toBeDefined();
    expect(readers.read(request())).toBeUndefined();
    expect([value('queue'), value('queue_limit'), value('bodies_total', 'main_queue_full')]).toEqual([2, 2, 1]);
  });
});

test('JSON, which forwarding waits for, comes before what is only to be scored', async () => {
  const { readers, threads } = pool();
  const first = readers.read(request());
  const second = readers.read(request());
  const urgent = readers.read(json('{}'));
  const order: string[] = [];
  void second?.read.then(() => order.push('protobuf'));
  void urgent?.read.then(() => order.push('json'));
  threads[0]?.answer();
  threads[0]?.answer();
  for (const reading of [first, urgent]) {
    const read = await reading?.read;
    if (read?.kind === 'read') read.release();
  }
  threads[0]?.answer();
  await second?.read;
  expect(order).toEqual(['json', 'protobuf']);
});

test('what is only to be scored waits until scoring has kept up; JSON does not', async () => {
  const { readers, threads } = pool();
  const first = readers.read(request());
  readers.read(request());
  threads[0]?.answer();
  expect(threads[0]?.asked).toHaveLength(0);
  readers.read(json('{}'));
  expect(threads[0]?.asked).toHaveLength(1);
  threads[0]?.asked.pop();
  threads[0]?.emit('message', { kind: 'malformed', reason: 'no JSON' });
  expect(threads[0]?.asked).toHaveLength(0);
  const read = await first?.read;
  if (read?.kind !== 'read') throw new Error('it was not read');
  read.release();
  read.release();
  expect([threads[0]?.asked.length, read.body.memory.byteLength]).toEqual([1, 0]);
});

test('the request keeps its bytes: the thread gets a copy', () => {
  const { readers, threads } = pool();
  readers.read(request());
  expect(threads[0]?.asked[0]?.bytes).toEqual(new Uint8Array(body));
  expect(threads[0]?.asked[0]?.bytes.buffer).not.toBe(body.buffer);
});

describe('a thread that is lost', () => {
  test('loses the body that it read, and another goes on with the queue', async () => {
    const { readers, threads, value } = pool();
    const [reading, next] = [readers.read(json('{}')), readers.read(request())];
    threads[0]?.emit('message', { kind: 'started' });
    threads[0]?.emit('error', new Error('out of memory'));
    expect(await reading?.read).toEqual({ kind: 'lost' });
    expect(await reading?.transcoded).toEqual({ kind: 'lost' });
    threads[1]?.answer();
    expect(await next?.read).toMatchObject({ kind: 'read' });
    expect([threads.length, value('lost_total', 'died'), value('threads')]).toEqual([2, 1, 1]);
  });

  test('hangs: it is ended after the time limit, and what it says afterwards is not heard', async () => {
    const { readers, threads, value } = pool({ timeout: 20 });
    const reading = readers.read(request());
    await pause(60);
    expect(await reading?.read).toEqual({ kind: 'lost' });
    expect([threads[0]?.ended, value('lost_total', 'hung'), value('threads')]).toEqual([true, 1, 0]);
    threads[0]?.answer();
    expect(value('threads')).toBe(0);
  });

  test('JSON that had been turned into protobuf goes out, and is not scored', async () => {
    const { readers, threads } = pool();
    const reading = readers.read(json('{}'));
    threads[0]?.emit('message', { kind: 'transcoded', bytes: Uint8Array.of() });
    threads[0]?.emit('exit');
    expect(await reading?.transcoded).toMatchObject({ kind: 'protobuf' });
    expect(await reading?.read).toEqual({ kind: 'lost' });
  });

  test('could not even start: no other is tried for half a minute, and bodies are read here', async () => {
    const { readers, threads, clock, value } = pool();
    const [reading, queued] = [readers.read(request()), readers.read(request())];
    threads[0]?.emit('error', new Error('no such file'));
    expect([await reading?.read, await queued?.read]).toEqual([{ kind: 'lost' }, { kind: 'lost' }]);
    expect(readers.read(request())).toBeUndefined();
    expect([threads.length, value('bodies_total', 'main_resting')]).toEqual([1, 1]);
    clock.now += 30_000;
    expect(readers.read(request())).toBeDefined();
    expect(threads).toHaveLength(2);
  });
});

test('a stop ends the threads and lets go of what waits for them', async () => {
  const { readers, threads, value } = pool();
  const readings = [readers.read(request()), readers.read(request())];
  await readers.stop();
  expect([await readings[0]?.read, await readings[1]?.read]).toEqual([{ kind: 'lost' }, { kind: 'lost' }]);
  expect([threads[0]?.ended, value('lost_total', 'stopped'), readers.read(request())]).toEqual([true, 2, undefined]);
});
