import { describe, expect, test } from '@jest/globals';
import { createBacklogBench } from './testing/backlog-bench.ts';
import { FOLDER } from './testing/log-bench.ts';
import { fault } from './testing/memory-files.ts';

const stored = 'stored';
const live = 'live';
const cursorFiles = ['cursors.a', 'cursors.b'];

describe('handing out', () => {
  test('each backend is handed what it is owed, once, in order', async () => {
    const { add, handedOut } = await createBacklogBench();
    await add('a', { loki: stored });
    await add('b', { loki: stored, tempo: stored });
    await add('c', { tempo: stored });
    expect([await handedOut('loki'), await handedOut('tempo')]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
    await add('d', { loki: stored });
    expect([await handedOut('loki'), await handedOut('tempo')]).toEqual([['d'], []]);
  });

  test('what is being sent from memory is handed out only when memory gives it up', async () => {
    const { backlog, add, handedOut } = await createBacklogBench();
    const first = await add('a', { loki: live });
    await add('b', { loki: stored });
    const third = await add('c', { loki: live });
    expect(await handedOut('loki')).toEqual(['b']);
    backlog.feed('loki').settle(first);
    backlog.feed('loki').release(third);
    expect(await handedOut('loki')).toEqual(['c']);
  });

  test('memory may give up, or succeed, before the record is on the disk', async () => {
    const { backlog, handedOut } = await createBacklogBench();
    const owed = new Map([['loki', live] as const]);
    const content = (text: string) => ({ description: { owed: ['loki'] }, body: Buffer.from(text) });
    const given = backlog.append(content('given up'), owed);
    const taken = backlog.append(content('taken'), owed);
    backlog.feed('loki').release(given.sequence);
    backlog.feed('loki').settle(taken.sequence);
    await Promise.all([given.kept, taken.kept]);
    expect(await handedOut('loki')).toEqual(['given up']);
  });

  test('whoever waits is told that there is work', async () => {
    const { backlog, add } = await createBacklogBench();
    let called = 0;
    backlog.feed('loki').onWork = () => called++;
    await add('a', { loki: stored });
    expect(called).toBe(1);
  });

  test('a log that is full says so, and forgets what it was told', async () => {
    const { backlog, add, handedOut } = await createBacklogBench({ maxSize: 10 });
    const { kept } = backlog.append({ description: {}, body: Buffer.from('a') }, new Map([['loki', stored]]));
    expect((await kept).kind).toBe('full');
    await add('b', { loki: live });
    expect(await handedOut('loki')).toEqual([]);
    expect(backlog.feed('loki').isSettled).toBe(true);
  });
});

test('what memory gives up while nobody takes it is left on the disk, all of it, and in order', async () => {
  const bench = await createBacklogBench();
  const feed = bench.backlog.feed('loki');
  for (let count = 0; count < 3000; count++) feed.release(await bench.add(String(count), { loki: live }));
  expect(feed.cursor().owed.length).toBeLessThanOrEqual(1000);
  expect(await bench.handedOut('loki')).toEqual(Array.from({ length: 3000 }, (_, count) => String(count)));
});

describe('after a power cut', () => {
  test('all that is owed is handed out again, settled or not, as long as no cursor was written', async () => {
    const bench = await createBacklogBench();
    const sequence = await bench.add('a', { loki: stored });
    await bench.add('b', { loki: stored, tempo: stored });
    await bench.handedOut('loki');
    bench.backlog.feed('loki').settle(sequence);
    const next = await bench.crash();
    expect([await next.handedOut('loki'), await next.handedOut('tempo')]).toEqual([['a', 'b'], ['b']]);
  });

  test('with a cursor only what was not settled then, also out of turn; and no sequence is given twice', async () => {
    const bench = await createBacklogBench();
    const sequences: number[] = [];
    for (const text of ['a', 'b', 'c', 'd']) sequences.push(await bench.add(text, { loki: stored }));
    for (let count = 0; count < 3; count++) await bench.backlog.feed('loki').next();
    bench.backlog.feed('loki').settle(sequences[1]!);
    const ahead = await bench.add('e', { loki: live });
    bench.backlog.feed('loki').settle(ahead);
    await bench.tidy();
    const next = await bench.crash();
    expect(await next.handedOut('loki')).toEqual(['a', 'c', 'd']);
    expect(await next.add('f', { loki: stored })).toBe(ahead + 1);
    expect(await next.handedOut('loki')).toEqual(['f']);
  });

  test('a cursor says nothing of records that were not on the disk yet', async () => {
    const bench = await createBacklogBench();
    await bench.add('a', { loki: live });
    let release = () => {};
    bench.files.beforeSync = () =>
      bench.files.log.at(-1)?.startsWith('append segment')
        ? new Promise((resolve) => (release = resolve))
        : Promise.resolve();
    const second = bench.backlog.append(
      { description: { owed: ['loki'] }, body: Buffer.from('b') },
      new Map([['loki', live]]),
    );
    await bench.tidy();
    const next = await bench.crash();
    expect(await next.handedOut('loki')).toEqual(['a']);
    expect(next.sample('sentinel_wal_losses_total')).toBe(0);
    bench.files.beforeSync = () => Promise.resolve();
    release();
    await second.kept;
  });

  test('a cursor file that cannot be read costs repeats, not records', async () => {
    const bench = await createBacklogBench();
    const sequence = await bench.add('a', { loki: stored });
    await bench.add('b', { loki: stored, tempo: stored });
    await bench.handedOut('loki');
    bench.backlog.feed('loki').settle(sequence);
    await bench.tidy();
    for (const slot of ['a', 'b']) bench.files.text(`${FOLDER}/cursors.${slot}`)[20]! ^= 1;
    const next = await bench.crash();
    expect([await next.handedOut('loki'), await next.handedOut('tempo')]).toEqual([['a', 'b'], ['b']]);
  });

  test('a record that can no longer be read is counted, and the rest is handed out', async () => {
    const bench = await createBacklogBench({ segmentSize: 1 });
    for (const text of ['a', 'b', 'c']) await bench.add(text, { loki: stored });
    await bench.handedOut('loki');
    await bench.tidy();
    bench.files.text(`${FOLDER}/segment-0000000000000002.wal`)[70]! ^= 1;
    const next = await bench.crash();
    expect(await next.handedOut('loki')).toEqual(['a', 'c']);
    expect(next.sample('sentinel_wal_losses_total')).toBe(1);
    expect(next.sample('sentinel_wal_segments_set_aside_total')).toBe(0);
    for (const sequence of [1, 3]) next.backlog.feed('loki').settle(sequence);
    await next.tidy(6);
    expect(next.files.names()).toEqual([...cursorFiles, 'segment-0000000000000002.wal.damaged']);
    expect(next.sample('sentinel_wal_segments_set_aside_total')).toBe(1);
  });
});

describe('a backend that is new to the log', () => {
  test('is owed what names it after a power cut that comes before the next look', async () => {
    const bench = await createBacklogBench();
    await bench.add('a', { loki: stored });
    await bench.tidy();
    await bench.add('b', { loki: stored, tempo: live });
    const next = await bench.crash();
    expect(await next.handedOut('tempo')).toEqual(['b']);
  });

  test('makes a request fail that names it, as long as it cannot be noted on disk', async () => {
    const { backlog, add, files, handedOut } = await createBacklogBench();
    await add('a', { loki: stored });
    files.fault = (operation) => (operation === 'overwrite' ? fault('EIO') : undefined);
    const content = { description: { owed: ['tempo'] }, body: Buffer.from('b') };
    expect((await backlog.append(content, new Map([['tempo', stored]])).kept).kind).toBe('failed');
    expect([await handedOut('loki'), await handedOut('tempo')]).toEqual([['a'], []]);
  });
});
