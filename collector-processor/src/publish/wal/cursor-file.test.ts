import { expect, test } from '@jest/globals';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { CursorFile } from './cursor-file.ts';
import type { Cursor, Cursors } from './cursors.ts';
import { createLogMetrics } from './log-metrics.ts';
import { fault, MemoryFiles } from './testing/memory-files.ts';

const cursors = (nextSequence: number, cursor: Partial<Cursor> = {}): Cursors => ({
  nextSequence,
  backends: { loki: { position: nextSequence, owed: [], settled: [], ...cursor } },
});

function bench(files = new MemoryFiles()) {
  const metrics = createSelfMetrics();
  const file = new CursorFile(
    files,
    '/log',
    createLogMetrics({ log: 'wal', metrics, logger: silentLogger, folder: '/log' }),
  );
  const unreadable = () =>
    metrics.samples().find(({ name }) => name === 'sentinel_wal_cursor_files_unreadable_total')?.value ?? 0;
  const next = async () => bench(files).file.read();
  return { file, files, next, unreadable };
}

test('the last ones that were written are read, however often', async () => {
  const { file, next } = bench();
  expect(await file.read()).toBeUndefined();
  for (let sequence = 1; sequence < 6; sequence++) {
    await file.write(() => cursors(sequence));
    expect(await next()).toMatchObject(cursors(sequence));
  }
});

test('those before them are read when a crash came while they were written, and are not written over then', async () => {
  const { file, files, next } = bench();
  await file.write(() => cursors(1));
  await file.write(() => cursors(2));
  files.fault = (operation) => (operation === 'overwrite' ? 30 : undefined);
  for (let tries = 0; tries < 3; tries++) {
    await expect(file.write(() => cursors(3))).rejects.toThrow('ENOSPC');
    expect(await next()).toMatchObject(cursors(2));
  }
  files.fault = () => undefined;
  await file.write(() => cursors(4));
  expect(await next()).toMatchObject(cursors(4));
});

test('one file that is damaged is counted, and the other one is read', async () => {
  const { file, files } = bench();
  await file.write(() => cursors(1));
  await file.write(() => cursors(2));
  files.text('/log/cursors.b')[20]! ^= 1;
  const after = bench(files);
  const damaged = files.text('/log/cursors.b').toString();
  expect(await after.file.read()).toMatchObject(cursors(1));
  expect(after.unreadable()).toBe(1);
  await after.file.write(() => cursors(3));
  expect(files.text('/log/cursors.b').toString()).not.toBe(damaged);
  expect(files.text('/log/cursors.b.unread').toString()).toBe(damaged);
});

test('a copy of a damaged file gives way to the next one, and a disk that takes none is no reason not to start', async () => {
  const { file, files } = bench();
  await file.write(() => cursors(1));
  await file.write(() => cursors(2));
  const damage = () => (files.text('/log/cursors.b')[20]! ^= 1);
  damage();
  await bench(files).file.read();
  damage();
  files.text('/log/cursors.b')[30]! ^= 1;
  await bench(files).file.read();
  expect(files.text('/log/cursors.b.unread').toString()).toBe(files.text('/log/cursors.b').toString());
  files.fault = (operation) => (operation === 'create' ? fault('ENOSPC', 'x') : undefined);
  const full = bench(files);
  expect(await full.file.read()).toMatchObject(cursors(1));
  expect(full.unreadable()).toBe(1);
});

test('no new bytes are asked of a full disk; what has outgrown its place says less and forgets nothing that is owed', async () => {
  const { file, files, next } = bench();
  await file.write(() => cursors(1));
  const place = files.text('/log/cursors.a').length;
  files.fault = (operation, path) => {
    if (operation === 'create') return fault('ENOSPC');
    return operation === 'overwrite' && path !== '' && isGrowing ? place : undefined;
  };
  let isGrowing = false;
  await file.write(() => cursors(2));
  expect(await next()).toMatchObject(cursors(2));
  const owed = Array.from({ length: 9000 }, (_, index) => 1000 + index);
  const overwrite = files.overwrite.bind(files);
  files.overwrite = (path, bytes) => {
    isGrowing = bytes.length > place;
    return overwrite(path, bytes);
  };
  await file.write(() => cursors(20_000, { owed, settled: [[20_001, 20_005]] }));
  expect(await next()).toMatchObject(cursors(20_000, { position: 1000 }));
  expect(files.text('/log/cursors.a')).toHaveLength(place);
});

test('what an earlier release has left counts, until others are written', async () => {
  const { file, files, next } = bench();
  await file.write(() => cursors(1));
  const former = Buffer.from('1a2b3c4d {"version":1,"nextSequence":7,"backends":{}}');
  const bytes = await files.create('/log/cursors');
  await bytes.append([former]);
  const { crc32c } = await import('./crc32c.ts');
  files.text('/log/cursors').write(crc32c(former.subarray(9)).toString(16).padStart(8, '0'));
  const after = bench(files);
  expect(await after.file.read()).toMatchObject({ nextSequence: 7 });
  await after.file.write(() => cursors(8));
  expect(await next()).toMatchObject(cursors(8));
  expect(files.names()).toEqual(['cursors.a', 'cursors.b']);
});
