import { describe, expect, test } from '@jest/globals';
import { settled } from '../testing/scripted-transport.ts';
import { createLettersBench } from './testing/letters-bench.ts';
import { fault } from './testing/memory-files.ts';

const HOUR_MS = 3_600_000;

describe('a letter', () => {
  test('is listed with all that is known of it, the newest first, also after a restart', async () => {
    let bench = await createLettersBench();
    await bench.add('first', 'too old');
    bench.clock.advance(1000);
    await bench.add('second');
    const before = bench.letters.list();
    expect(before[1]).toEqual({
      id: expect.stringMatching(/^\w+-1$/),
      sequence: 1,
      backend: 'loki',
      reason: 'too old',
      diedAtMs: 1_000_000,
      receivedAtMs: 5,
      signal: 'logs',
      encoding: 'protobuf',
      compression: 'identity',
      headers: { 'x-scope-orgid': 'acme' },
      tenant: 'acme',
      bytes: 5,
      items: 5,
      refusedReplays: 0,
    });
    bench = await bench.restart();
    expect(bench.letters.list()).toEqual(before);
    expect(await bench.texts()).toEqual(['second', 'first']);
  });

  test('that is dropped stays so, and its segment goes', async () => {
    let bench = await createLettersBench();
    const id = await bench.add('a');
    expect(await bench.letters.drop(id)).toBe(true);
    expect(await bench.letters.drop(id)).toBe(false);
    expect(await bench.letters.get(id)).toBeUndefined();
    bench = await bench.restart();
    expect(bench.letters.size).toBe(0);
    expect(bench.segments()).toEqual([]);
  });

  test('that is refused again has the new reason and a count, also after a restart', async () => {
    let bench = await createLettersBench();
    const id = await bench.add('a', 'first no');
    bench.clock.advance(50);
    await bench.letters.refused(id, 'second no');
    await bench.letters.refused(id, 'x'.repeat(10_000));
    bench = await bench.restart();
    const [letter] = bench.letters.list();
    expect(letter).toMatchObject({ id, refusedReplays: 2, diedAtMs: 1_000_000, lastReplayAtMs: 1_000_050 });
    expect(letter!.reason).toHaveLength(500);
    expect(await bench.letters.refused('nobody', 'no')).toBeUndefined();
  });

  test('is not there when the disk does not take it: the caller keeps the request', async () => {
    const bench = await createLettersBench();
    bench.files.fault = (operation) => (operation === 'datasync' ? fault('EIO') : undefined);
    expect(await bench.add('a')).toBe('');
    expect(bench.letters.size).toBe(0);
  });

  test('stays when the disk does not take that it is dropped', async () => {
    const bench = await createLettersBench();
    const id = await bench.add('a');
    bench.files.fault = (operation) => (operation === 'append' ? fault('EIO') : undefined);
    expect(await bench.letters.drop(id)).toBe(false);
    expect(bench.letters.has(id)).toBe(true);
  });

  test('that cannot be read at the start is neither listed nor removed, and listed when it can be read', async () => {
    const bench = await createLettersBench({ maxAge: 100 * HOUR_MS });
    await bench.add('kept');
    await bench.letters.drop(await bench.add('dropped'));
    const files = bench.segments();
    // The log opens the file twice to see that it is whole; then the letters are read.
    let opens = 0;
    bench.files.fault = (operation) => {
      if (operation === 'open') opens++;
      return operation === 'read' && opens > 2 ? fault('EIO') : undefined;
    };
    const next = await bench.restart();
    expect([next.letters.size, next.segments()]).toEqual([0, files]);
    for (let minute = 0; minute < 90; minute++) {
      next.clock.advance(60_000);
      await settled();
    }
    expect(next.segments()).toEqual(files);
    next.files.fault = () => undefined;
    next.clock.advance(60_000);
    await settled();
    expect(await next.texts()).toEqual(['kept']);
    expect(next.files.openForReading).toBe(0);
  });

  test('whose bytes were damaged is not listed after a restart; the others are', async () => {
    const bench = await createLettersBench();
    await bench.add('first');
    await bench.add('second');
    const [path] = [...bench.files.stored.keys()];
    const bytes = bench.files.text(path!);
    bytes.write('X', bytes.indexOf('first'));
    const next = await bench.restart();
    expect(await next.texts()).toEqual(['second']);
  });
});

describe('bounds', () => {
  const body = 'x'.repeat(900);

  test('of bytes: the oldest go, and are counted', async () => {
    const bench = await createLettersBench({ maxSize: 20_000, whenFull: 'drop_oldest' });
    for (let index = 0; index < 60; index++) await bench.add(body);
    expect(bench.letters.bytes).toBeLessThanOrEqual(20_000);
    expect(bench.letters.size).toBeGreaterThan(10);
    expect(bench.letters.size + bench.count('evicted_total', { reason: 'size' })).toBe(60);
    expect(bench.letters.list()[0]!.sequence).toBe(60 + bench.count('full_total'));
  });

  test('of their number: the oldest go', async () => {
    const bench = await createLettersBench({ maxLetters: 10, maxSize: 20_000, whenFull: 'drop_oldest' });
    for (let index = 0; index < 30; index++) await bench.add(body);
    expect(bench.letters.size).toBeLessThanOrEqual(11);
    expect(bench.count('evicted_total', { reason: 'number' })).toBeGreaterThan(0);
  });

  test('of their age: they go in time, also when none comes after them', async () => {
    const bench = await createLettersBench({ maxAge: HOUR_MS });
    await bench.add('old');
    for (let minute = 0; minute < 30; minute++) {
      bench.clock.advance(60_000);
      await settled();
    }
    await bench.add('younger');
    for (let minute = 0; minute < 31; minute++) {
      bench.clock.advance(60_000);
      await settled();
    }
    expect(await bench.texts()).toEqual(['younger']);
    expect(bench.count('evicted_total', { reason: 'age' })).toBe(1);
  });

  test('of their age: a clock that is a month ahead at a start does not remove them before an hour has passed', async () => {
    const bench = await createLettersBench({ maxAge: HOUR_MS });
    await bench.add('a');
    await bench.letters.stop();
    bench.clock.advance(30 * 24 * HOUR_MS);
    const next = await createLettersBench({ maxAge: HOUR_MS }, bench.files, bench.clock);
    expect(await next.texts()).toEqual(['a']);
    for (let minute = 0; minute < 61; minute++) {
      bench.clock.advance(60_000);
      await settled();
    }
    expect(await next.texts()).toEqual([]);
  });

  test('those that come within a sixteenth of the longest age share a file', async () => {
    const bench = await createLettersBench({ maxAge: 32 * HOUR_MS });
    for (let minute = 0; minute < 60; minute++) {
      await bench.add('a');
      bench.clock.advance(60_000);
      await settled();
    }
    expect(bench.segments()).toHaveLength(1);
  });

  test('a full log still takes that a letter is gone', async () => {
    const bench = await createLettersBench({ maxSize: 1600 });
    const id = await bench.add(body);
    bench.letters.configure({ maxSize: 1, maxLetters: 10, maxAge: HOUR_MS, whenFull: 'wait', maxSetAside: 1 });
    expect(await bench.letters.drop(id)).toBe(true);
    expect((await bench.restart()).letters.size).toBe(0);
  });
});
