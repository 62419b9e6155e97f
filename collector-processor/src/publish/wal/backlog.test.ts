import { describe, expect, test } from '@jest/globals';
import { createBacklogBench } from './testing/backlog-bench.ts';
import { FOLDER } from './testing/log-bench.ts';
import { fault } from './testing/memory-files.ts';

const stored = 'stored';
const live = 'live';

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
    bench.files.text(`${FOLDER}/cursors`)[20]! ^= 1;
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
    expect(next.sample('sentinel_wal_losses_total')).toBeGreaterThan(0);
    for (const sequence of [1, 3]) next.backlog.feed('loki').settle(sequence);
    await next.tidy(6);
    expect(next.files.names()).toEqual(['cursors', 'segment-0000000000000002.wal.damaged']);
  });
});

describe('tidying up', () => {
  test('a segment goes when all backends are past it, and the cursors are durable before it does', async () => {
    const { backlog, add, handedOut, tidy, files } = await createBacklogBench({ segmentSize: 1 });
    const sequences = [await add('a', { loki: stored, tempo: stored }), await add('b', { loki: stored })];
    await handedOut('loki');
    await handedOut('tempo');
    for (const sequence of sequences) backlog.feed('loki').settle(sequence);
    await tidy();
    expect(files.names()).toHaveLength(3);
    files.log.length = 0;
    backlog.feed('tempo').settle(sequences[0]!);
    await tidy();
    expect(files.names()).toEqual(['cursors']);
    const steps = files.log.filter((line) => /cursors|remove/.test(line) || line.startsWith('syncFolder'));
    expect(steps).toEqual([
      'create cursors.new',
      'append cursors.new',
      'datasync cursors.new',
      'rename cursors',
      'syncFolder log',
      'remove segment-0000000000000001.wal',
      'syncFolder log',
      'remove segment-0000000000000002.wal',
      'syncFolder log',
    ]);
  });

  test('a crash between cursor and removal leaves a segment that nobody is owed, and it goes', async () => {
    const bench = await createBacklogBench({ segmentSize: 1 });
    const sequence = await bench.add('a', { loki: stored });
    await bench.handedOut('loki');
    bench.files.fault = (operation) => (operation === 'remove' ? fault('EIO') : undefined);
    bench.backlog.feed('loki').settle(sequence);
    await bench.tidy();
    const next = await bench.crash();
    expect(await next.handedOut('loki')).toEqual([]);
    await next.tidy(6);
    expect(next.files.names()).toEqual(['cursors']);
  });

  test('while cursors cannot be written no segment goes', async () => {
    const { backlog, add, handedOut, tidy, files } = await createBacklogBench({ segmentSize: 1 });
    const sequence = await add('a', { loki: stored });
    await handedOut('loki');
    files.fault = (operation, path) => (operation === 'append' && path.includes('cursors') ? 0 : undefined);
    backlog.feed('loki').settle(sequence);
    await tidy(2);
    expect(files.names()).toContain('segment-0000000000000001.wal');
    files.fault = () => undefined;
    await tidy(2);
    expect(files.names()).toEqual(['cursors']);
  });

  test('the segment that grows goes too, once all is settled and it is quiet', async () => {
    const { backlog, add, tidy, files, sample } = await createBacklogBench();
    backlog.feed('loki').settle(await add('a', { loki: live }));
    await tidy(2);
    expect(sample('sentinel_wal_size_bytes')).toBeGreaterThan(0);
    await tidy(6);
    expect(files.names()).toEqual(['cursors']);
    expect(sample('sentinel_wal_size_bytes')).toBe(0);
  });

  test('segments that were set aside stay only as far as they fit', async () => {
    const bench = await createBacklogBench({ segmentSize: 1, maxSetAside: 100 });
    for (const text of ['a', 'b', 'c']) await bench.add(text, { loki: stored });
    bench.files.fault = (operation) => (operation === 'open' ? fault('EIO') : undefined);
    for (const path of [...bench.files.stored.keys()])
      await bench.files.rename(path, path.replace(/wal$/, 'wal.unread'));
    const next = await bench.crash();
    expect(next.files.names()).toEqual(['segment-0000000000000003.wal.unread']);
  });
});
