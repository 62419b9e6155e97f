import { describe, expect, test } from '@jest/globals';
import { createLogBench } from './testing/log-bench.ts';
import { fault } from './testing/memory-files.ts';

describe('a disk that fails to read at the start', () => {
  test('once: it is asked again, and nothing is different', async () => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    for (const text of ['a', 'b']) await append(text);
    for (const failing of [1, 2, 3]) {
      let reads = 0;
      files.fault = (operation) => (operation === 'read' && ++reads === failing ? fault('EIO') : undefined);
      const next = await reopen();
      files.fault = () => undefined;
      expect([await next.bodies(), next.log.nextSequence]).toEqual([['a', 'b'], 3]);
    }
  });

  test('for long: no sequence is given twice, what is there stays, and files are closed', async () => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    for (const text of ['a', 'b']) await append(text);
    // The header can be read, what stands behind it cannot.
    let reads = 0;
    files.fault = (operation) => (operation === 'read' && ++reads > 1 ? fault('EIO') : undefined);
    const next = await reopen();
    files.fault = () => undefined;
    expect(next.log.nextSequence).toBeGreaterThan(2 ** 32);
    expect((await next.append('c')).kind).toBe('kept');
    const records = await next.records();
    expect(records.map(({ body }) => Buffer.from(body).toString())).toEqual(['a', 'b', 'c']);
    const sequences = records.map(({ sequence }) => sequence);
    expect(new Set(sequences).size).toBe(3);
    const third = await next.reopen();
    expect([await third.bodies(), third.log.nextSequence]).toEqual([['a', 'b', 'c'], sequences[2]! + 1]);
  });

  test('at all: the segment stays for whoever can read it, and its sequences are not given again', async () => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    for (const text of ['a', 'b']) await append(text);
    files.fault = (operation) => (operation === 'read' ? fault('EIO') : undefined);
    const next = await reopen();
    expect(files.openForReading).toBe(0);
    expect(next.log.nextSequence).toBeGreaterThan(2 ** 32);
    files.fault = () => undefined;
    expect(await next.bodies()).toEqual(['a', 'b']);
  });

  test('or cannot open it: the segment is set aside, and its sequences are not given again', async () => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    await append('a');
    files.fault = (operation) => (operation === 'open' ? fault('EACCES') : undefined);
    const next = await reopen();
    expect(next.log.nextSequence).toBeGreaterThan(2 ** 32);
    expect(files.names()).toEqual(['segment-0000000000000001.wal.unread']);
  });
});
