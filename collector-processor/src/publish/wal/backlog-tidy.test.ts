import { expect, test } from '@jest/globals';
import { createBacklogBench } from './testing/backlog-bench.ts';
import { FOLDER } from './testing/log-bench.ts';
import { fault } from './testing/memory-files.ts';

const stored = 'stored';
const live = 'live';
const cursorFiles = ['cursors.a', 'cursors.b'];

test('a segment in which memory finds a damaged record when it gives that up is kept aside', async () => {
  const { backlog, add, handedOut, tidy, files } = await createBacklogBench({ segmentSize: 1 });
  const sequence = await add('a', { loki: live });
  files.text(`${FOLDER}/segment-0000000000000001.wal`)[70]! ^= 1;
  backlog.feed('loki').release(sequence);
  expect(await handedOut('loki')).toEqual([]);
  await tidy();
  expect(files.names()).toEqual([...cursorFiles, 'segment-0000000000000001.wal.damaged']);
});

test('a disk that the log has filled gets free when backends take it, and nothing is sent again', async () => {
  const bench = await createBacklogBench({ segmentSize: 1 });
  const sequences = [await bench.add('a', { loki: stored }), await bench.add('b', { loki: stored })];
  await bench.handedOut('loki');
  bench.files.fault = (operation) => (['create', 'append'].includes(operation) ? fault('ENOSPC') : undefined);
  bench.backlog.feed('loki').settle(sequences[0]!);
  await bench.tidy();
  expect(bench.files.names()).toEqual([...cursorFiles, 'segment-0000000000000002.wal']);
  const next = await bench.crash();
  next.files.fault = bench.files.fault;
  expect(await next.handedOut('loki')).toEqual(['b']);
  next.backlog.feed('loki').settle(sequences[1]!);
  await next.tidy();
  expect(next.files.names()).toEqual(cursorFiles);
});

test('a segment goes when all backends are past it, and the cursors are durable before it does', async () => {
  const { backlog, add, handedOut, tidy, files } = await createBacklogBench({ segmentSize: 1 });
  const sequences = [await add('a', { loki: stored, tempo: stored }), await add('b', { loki: stored })];
  await handedOut('loki');
  await handedOut('tempo');
  for (const sequence of sequences) backlog.feed('loki').settle(sequence);
  await tidy();
  expect(files.names()).toHaveLength(4);
  files.log.length = 0;
  backlog.feed('tempo').settle(sequences[0]!);
  await tidy();
  expect(files.names()).toEqual(cursorFiles);
  const steps = files.log.filter((line) => /cursors|remove/.test(line) || line.startsWith('syncFolder'));
  expect(steps).toEqual([
    expect.stringMatching(/^overwrite cursors\.[ab]$/),
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
  expect(next.files.names()).toEqual(cursorFiles);
});

test('while cursors cannot be written no segment goes', async () => {
  const { backlog, add, handedOut, tidy, files } = await createBacklogBench({ segmentSize: 1 });
  const sequence = await add('a', { loki: stored });
  await handedOut('loki');
  files.fault = (operation, path) => (path.includes('cursors') && operation === 'overwrite' ? 0 : undefined);
  backlog.feed('loki').settle(sequence);
  await tidy(2);
  expect(files.names()).toContain('segment-0000000000000001.wal');
  files.fault = () => undefined;
  await tidy(2);
  expect(files.names()).toEqual(cursorFiles);
});

test('the segment that grows goes too, once all is settled and it is quiet', async () => {
  const { backlog, add, tidy, files, sample } = await createBacklogBench();
  backlog.feed('loki').settle(await add('a', { loki: live }));
  await tidy(2);
  expect(sample('sentinel_wal_size_bytes')).toBeGreaterThan(0);
  await tidy(6);
  expect(files.names()).toEqual(cursorFiles);
  expect(sample('sentinel_wal_size_bytes')).toBe(0);
});

test('segments that were set aside stay only as far as they fit', async () => {
  const bench = await createBacklogBench({ segmentSize: 1, maxSetAside: 100 });
  for (const text of ['a', 'b', 'c']) await bench.add(text, { loki: stored });
  bench.files.fault = (operation) => (operation === 'open' ? fault('EIO') : undefined);
  for (const path of [...bench.files.stored.keys()]) await bench.files.rename(path, path.replace(/wal$/, 'wal.unread'));
  const next = await bench.crash();
  expect(next.files.names()).toEqual([...cursorFiles, 'segment-0000000000000003.wal.unread']);
});
