import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ExportRequest } from '../../model/export-request.ts';
import { type OtlpSink, startOtlpSink } from '../../testing/otlp-sink.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { exportRequest } from '../testing/export-request.ts';
import { startKeptForwarder } from './testing/kept-forwarder.ts';
import { fault, MemoryFiles } from './testing/memory-files.ts';

type Kept = Awaited<ReturnType<typeof startKeptForwarder>>;

const impatient = { retry: { initial_interval: '5ms', max_interval: '5ms', max_elapsed: '20ms' } };
const down = { kind: 'status', status: 503 } as const;
let sinks: OtlpSink[] = [];
let kept: Kept;

async function start(backend: Readonly<Record<string, unknown>> = impatient, log = {}, files = new MemoryFiles()) {
  const named = sinks.map((sink, index) => [`otlphttp/${index}`, { endpoint: sink.httpUrl, ...backend }] as const);
  kept = await startKeptForwarder(Object.fromEntries(named), log, files);
  return kept;
}

const textOf = (text: string) => logsBytes([{ body: { stringValue: text } }]);
const send = (text: string, changes: Partial<ExportRequest> = {}) =>
  kept.forwarder.forward(exportRequest(textOf(text), changes), textOf(text));
const files = () => [...kept.files.stored.keys()].filter((path) => path.includes('segment'));

/** Texts that a sink has taken, in no order. */
const takenBy = (index: number) =>
  sinks[index]!.requests.filter(({ answer }) => answer.kind !== 'status')
    .flatMap(({ payload }) =>
      [
        ...Buffer.from(payload)
          .toString('latin1')
          .matchAll(/text-\w+/g),
      ].map(([text]) => text),
    )
    .sort();

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await delay(10);
  expect(holds()).toBe(true);
}

/** The next process on the same disk, after a power cut. */
async function powerCut(backend = {}, log = {}): Promise<void> {
  const disk = new MemoryFiles();
  for (const [path, { bytes, synced }] of kept.files.stored) {
    disk.stored.set(path, { bytes: Buffer.from(bytes.subarray(0, synced)), synced });
  }
  await kept.stop();
  await start({ ...impatient, ...backend }, log, disk);
}

beforeEach(async () => {
  sinks = [await startOtlpSink(), await startOtlpSink()];
});

afterEach(async () => {
  await kept.stop();
  for (const sink of sinks) await sink.close();
});

describe('the promise', () => {
  test('while all backends answer in time no request is written', async () => {
    await start(impatient, { slow_after: '10s' });
    expect(await send('text-a')).toEqual({ kind: 'accepted' });
    expect(kept.files.log.filter((line) => line.includes('segment'))).toEqual([]);
  });

  test('a backend that fails owes it: the sender is told it is safe, the others are not sent it again', async () => {
    await start();
    sinks[1]!.answer(down);
    expect(await send('text-a')).toEqual({ kind: 'accepted' });
    expect(takenBy(0)).toEqual(['text-a']);
    sinks[1]!.answer({ kind: 'ok' });
    await until(() => takenBy(1).length === 1);
    await until(() => files().length === 0);
    expect([takenBy(0), takenBy(1)]).toEqual([['text-a'], ['text-a']]);
  });

  test('a backend that is slow does not hold up the sender, and gets it once', async () => {
    await start({});
    sinks[1]!.answerNext({ kind: 'slow', delayMs: 300 });
    const began = performance.now();
    expect(await send('text-a')).toEqual({ kind: 'accepted' });
    expect(performance.now() - began).toBeLessThan(290);
    await until(() => files().length === 0);
    expect(takenBy(1)).toEqual(['text-a']);
  });

  test('always: it is safe as soon as the disk has it', async () => {
    await start({}, { mode: 'always' });
    sinks[0]!.answerNext({ kind: 'hang' });
    expect(await send('text-a')).toEqual({ kind: 'accepted' });
    expect(kept.files.log).toContain('datasync segment-0000000000000001.wal');
  });

  test('off: the sender is told to repeat', async () => {
    await start(impatient, { mode: 'off' });
    sinks[1]!.answer(down);
    expect((await send('text-a')).kind).toBe('retry');
    expect(kept.files.log).toEqual([]);
  });

  test('a full log, and a disk that fails, are no promise: the sender is told to repeat', async () => {
    await start(impatient, { max_size: '10B' });
    sinks[1]!.answer(down);
    expect(await send('text-a')).toMatchObject({ kind: 'retry', reason: expect.stringContaining('log is full') });
    await kept.stop();
    await start();
    kept.files.fault = (operation) => (operation === 'datasync' ? fault('EIO') : undefined);
    expect(await send('text-b')).toMatchObject({ kind: 'retry', reason: expect.stringContaining('EIO') });
  });

  test('a slow disk is not waited for once all backends have answered', async () => {
    await start();
    kept.files.beforeSync = () => new Promise(() => undefined);
    sinks[1]!.answerNext({ kind: 'slow', delayMs: 120 });
    expect(await send('text-a')).toEqual({ kind: 'accepted' });
    kept.files.beforeSync = () => Promise.resolve();
    await kept.forwarder.stop();
    kept.stop = () => Promise.resolve(); // its disk never comes back
  });

  test('a refusal goes back to the sender while it waits, also when another backend will get it from the log', async () => {
    await start();
    sinks[0]!.answer({ kind: 'status', status: 400, message: 'not this' });
    sinks[1]!.answerNext(down, down, down, down, down, down);
    expect(await send('text-a')).toMatchObject({ kind: 'refused' });
    await until(() => takenBy(1).length === 1);
    expect(kept.wal.deadLetters.size).toBe(0);
  });

  test('a sender that went away is promised nothing', async () => {
    await start();
    sinks[1]!.answer(down);
    await send('text-a', { abandoned: AbortSignal.abort() });
    expect(kept.files.log).toEqual([]);
  });
});

describe('after a power cut', () => {
  test('what was promised is delivered, in every form in which it came', async () => {
    await start();
    for (const sink of sinks) sink.answer(down);
    await send('text-a');
    await send('text-b', {
      ...exportRequest(textOf('text-b'), { compression: 'gzip' }),
      headers: { 'x-scope-orgid': 't' },
    });
    await send('text-c', exportRequest(textOf('text-c'), { compression: 'zstd' }));
    const json = Buffer.from('{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"text-d"}}]}]}]}');
    await send('text-d', { encoding: 'json', body: json, payload: json });
    await powerCut({ encodings: ['protobuf'] });
    for (const sink of sinks) sink.answer({ kind: 'ok' });
    await until(() => takenBy(0).length === 4 && takenBy(1).length === 4);
    const expected = ['text-a', 'text-b', 'text-c', 'text-d'];
    expect([takenBy(0), takenBy(1)]).toEqual([expected, expected]);
    const tenants = sinks[0]!.requests.map(({ headers }) => headers['x-scope-orgid']);
    expect(tenants).toContain('t');
    await until(() => files().length === 0);
  });

  test('what a backend had taken from the log before is not sent again', async () => {
    await start();
    sinks[1]!.answer(down);
    await send('text-a');
    sinks[1]!.answer({ kind: 'ok' });
    await until(() => files().length === 0);
    await powerCut();
    sinks[1]!.answer(down);
    await send('text-b');
    sinks[1]!.answer({ kind: 'ok' });
    await until(() => takenBy(1).includes('text-b'));
    expect(takenBy(1)).toEqual(['text-a', 'text-b']);
  });
});

describe('what a backend will never take', () => {
  test('becomes a dead letter when its sender has been told that it is safe', async () => {
    await start();
    sinks[1]!.answer(down);
    await send('text-a');
    await send('text-b');
    sinks[1]!.answer(({ payload }) =>
      Buffer.from(payload).includes('text-a') ? { kind: 'status', status: 400, message: 'no a here' } : { kind: 'ok' },
    );
    await until(() => kept.wal.deadLetters.size === 1);
    await until(() => takenBy(1).includes('text-b'));
    const [letter] = kept.wal.deadLetters.list();
    expect(letter).toMatchObject({ backend: 'otlphttp/1', signal: 'logs' });
    expect(letter!.reason).toContain('no a here');
    const found = await kept.wal.deadLetters.get(letter!.id);
    expect(Buffer.from(found!.request.body).toString('latin1')).toContain('text-a');
    await until(() => files().filter((path) => path.includes('/log/')).length === 0);
  });

  test('also when the answer came late, from the attempt that was under way', async () => {
    await start({});
    sinks[1]!.answerNext({ kind: 'slow', delayMs: 150, then: { kind: 'status', status: 400, message: 'late no' } });
    expect(await send('text-a')).toEqual({ kind: 'accepted' });
    await until(() => kept.wal.deadLetters.size === 1);
  });

  test('of a part that it did not take, the whole request is kept', async () => {
    await start({});
    sinks[1]!.answerNext({ kind: 'slow', delayMs: 150, then: { kind: 'partial', rejected: 1, message: 'too old' } });
    await send('text-a');
    await until(() => kept.wal.deadLetters.size === 1);
    expect(kept.wal.deadLetters.list()[0]!.reason).toBe('taken in part: 1 items rejected: too old');
  });

  test('wrong credentials are no reason: it waits until they are mended', async () => {
    await start();
    sinks[1]!.answer({ kind: 'status', status: 401 });
    expect(await send('text-a')).toEqual({ kind: 'accepted' });
    sinks[1]!.answer({ kind: 'ok' });
    await until(() => takenBy(1).length === 1);
    expect(kept.wal.deadLetters.size).toBe(0);
  });

  test('goes the same way once more, alone, when somebody sends it again', async () => {
    await start();
    sinks[1]!.answer({ kind: 'slow', delayMs: 100, then: { kind: 'status', status: 400, message: 'no' } });
    await send('text-a', { headers: { 'x-scope-orgid': 'acme' } });
    await until(() => kept.wal.deadLetters.size === 1);
    const [letter] = kept.wal.deadLetters.list();
    const { request } = (await kept.wal.deadLetters.get(letter!.id))!;
    expect(await kept.forwarder.redeliver('otlphttp/1', request)).toMatchObject({ kind: 'refused' });
    sinks[1]!.answer({ kind: 'ok' });
    expect(await kept.forwarder.redeliver('otlphttp/1', request)).toEqual({ kind: 'accepted' });
    const last = sinks[1]!.requests.at(-1)!;
    expect(last).toMatchObject({ answer: { kind: 'ok' }, headers: { 'x-scope-orgid': 'acme' } });
    expect(Buffer.from(last.payload).equals(textOf('text-a'))).toBe(true);
    expect(await kept.forwarder.redeliver('tempo', request)).toMatchObject({ kind: 'retry' });
  });

  test('what is owed to a backend that is configured no more becomes dead letters', async () => {
    await start();
    sinks[1]!.answer(down);
    await send('text-a');
    const [, gone] = sinks;
    sinks = sinks.slice(0, 1);
    await powerCut({}, { keep_for_removed: '0s' });
    await until(() => kept.wal.deadLetters.size === 1);
    expect(kept.wal.deadLetters.list()[0]!.reason).toContain('configured any more');
    await gone!.close();
  });
});
