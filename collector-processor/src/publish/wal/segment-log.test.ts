import { describe, expect, test } from '@jest/globals';
import { SEGMENT_HEADER_BYTES } from './segment.ts';
import { createLogBench, FOLDER } from './testing/log-bench.ts';
import { fault } from './testing/memory-files.ts';

const first = `${FOLDER}/segment-0000000000000001.wal`;

describe('what is appended', () => {
  test('comes back after a power cut, in order, with its sequence and description', async () => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    for (const text of ['a', 'b', 'c']) expect(await append(text)).toMatchObject({ kind: 'kept' });
    files.losePower();
    const next = await reopen();
    expect(await next.records()).toMatchObject([
      { sequence: 1, description: { text: 'a' } },
      { sequence: 2, description: { text: 'b' } },
      { sequence: 3, description: { text: 'c' } },
    ]);
    expect(next.log.nextSequence).toBe(4);
  });

  test('shares one fdatasync with all that came while another was under way', async () => {
    const { log, append, files } = createLogBench();
    await log.open(1);
    let release = () => {};
    files.beforeSync = () => new Promise((resolve) => (release = resolve));
    const one = append('a');
    while (!files.log.includes('append segment-0000000000000001.wal')) await Promise.resolve();
    const others = ['b', 'c', 'd'].map((text) => append(text));
    await new Promise((resolve) => setImmediate(resolve));
    files.beforeSync = () => Promise.resolve();
    release();
    await Promise.all([one, ...others]);
    expect(files.log.filter((line) => line.startsWith('datasync'))).toHaveLength(2);
  });

  test('is not kept before the name of its segment is safe too', async () => {
    const { log, append, files } = createLogBench();
    await log.open(1);
    await append('a');
    await append('b');
    const name = 'segment-0000000000000001.wal';
    expect(files.log).toEqual([
      `create ${name}`,
      ...[`append ${name}`, `datasync ${name}`, 'syncFolder log'],
      ...[`append ${name}`, `datasync ${name}`],
    ]);
  });

  test('goes into a new segment when one has its size; a segment can be discarded', async () => {
    const { log, append, files, bodies } = createLogBench({ segmentSize: 100 });
    await log.open(1);
    for (const text of ['a', 'b', 'c', 'd']) await append(text);
    expect(log.segments.map((segment) => segment.first)).toEqual([1, 3]);
    await log.discard(log.segments[0]!);
    expect(await bodies()).toEqual(['c', 'd']);
    expect(files.names()).toEqual(['segment-0000000000000003.wal']);
  });

  test('beyond max_size it is turned away and counted, and welcome again when there is room', async () => {
    const { log, append, count } = createLogBench({ segmentSize: 1, maxSize: 150 });
    await log.open(1);
    expect((await append('a')).kind).toBe('kept');
    expect((await append('b')).kind).toBe('kept');
    expect(await append('c')).toEqual({ kind: 'full', reason: 'the write-ahead log is full' });
    expect(count('full_total')).toBe(1);
    await log.discard(log.segments[0]!);
    expect((await append('d')).kind).toBe('kept');
  });
});

describe('a tail that was not written whole', () => {
  test.each([1, 10, 30, 36])('is cut: %i bytes short', async (missing) => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    await append('a');
    await append('b');
    const file = files.stored.get(first)!;
    file.bytes = file.bytes.subarray(0, file.bytes.length - missing);
    const next = await reopen();
    expect(await next.bodies()).toEqual(['a']);
    await next.append('c');
    expect(await (await next.reopen()).bodies()).toEqual(['a', 'c']);
  });

  test.each([0, 5, SEGMENT_HEADER_BYTES])('of a segment with %i bytes leaves nothing', async (length) => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    await append('a');
    const file = files.stored.get(first)!;
    file.bytes = file.bytes.subarray(0, length);
    const next = await reopen();
    expect(await next.bodies()).toEqual([]);
    expect(files.names()).toEqual([]);
    expect((await next.append('b')).kind).toBe('kept');
  });
});

describe('damage', () => {
  test('a flipped bit costs its own record and no other, wherever it is', async () => {
    const bench = createLogBench();
    await bench.log.open(1);
    for (const text of ['a', 'b', 'c']) await bench.append(text);
    const whole = Buffer.from(bench.files.text(first));
    const length = (whole.length - SEGMENT_HEADER_BYTES) / 3;
    for (let at = 0; at < length; at++) {
      const damaged = Buffer.from(whole);
      damaged[SEGMENT_HEADER_BYTES + length + at]! ^= 1 << (at % 8);
      bench.files.stored.set(first, { bytes: damaged, synced: damaged.length });
      const next = await bench.reopen();
      expect([at, await next.bodies()]).toEqual([at, ['a', 'c']]);
      expect(next.log.nextSequence).toBe(4);
    }
  });

  test('of the last record, which may have been acknowledged, is kept aside and not cut; others follow in a new file', async () => {
    for (const at of [0, 3, 9, 15, 30]) {
      const { log, append, files, reopen } = createLogBench();
      await log.open(1);
      await append('a');
      const { length } = files.text(first);
      await append('b');
      files.text(first)[length + at]! ^= 1;
      const whole = files.text(first).length;
      const next = await reopen();
      expect([at, await next.bodies(), files.text(first).length]).toEqual([at, ['a'], whole]);
      expect(next.count('damaged_bytes_total')).toBe(whole - length);
      await next.append('c');
      expect(await next.bodies()).toEqual(['a', 'c']);
      await next.log.discard(next.log.segments[0]!);
      expect(files.names()).toContain('segment-0000000000000001.wal.damaged');
    }
  });

  test('of the only record does not keep new ones from being kept', async () => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    await append('a');
    files.text(first)[60]! ^= 1;
    expect((await (await reopen()).append('b')).kind).toBe('kept');
  });

  test('a damaged header does not hide the records; the file is kept in the end', async () => {
    const { log, append, files, reopen } = createLogBench();
    await log.open(1);
    await append('a');
    files.text(first)[3]! ^= 1;
    const next = await reopen();
    expect(await next.bodies()).toEqual(['a']);
    expect(next.count('damaged_bytes_total')).toBeGreaterThan(0);
    await next.log.discard(next.log.segments[0]!);
    expect(files.names()).toEqual(['segment-0000000000000001.wal.damaged']);
  });

  test('a segment of a newer release, or one that cannot be opened, is set aside; the rest goes on', async () => {
    const { log, append, files, reopen } = createLogBench({ segmentSize: 1 });
    await log.open(1);
    for (const text of ['a', 'b']) await append(text);
    files.fault = (operation, path) => (operation === 'open' && path === first ? fault('EIO') : undefined);
    const next = await reopen();
    expect(await next.bodies()).toEqual(['b']);
    expect(files.names()[0]).toBe('segment-0000000000000001.wal.unread');
    expect(next.count('segments_set_aside_total')).toBe(1);
  });
});

describe('a failing disk', () => {
  test('full in the middle of a record: refused, nothing of it stays, and the log is good afterwards', async () => {
    const { log, append, files, pass, reopen } = createLogBench();
    await log.open(1);
    await append('a');
    files.fault = (operation) => (operation === 'append' ? 20 : undefined);
    expect(await append('b')).toMatchObject({ kind: 'failed' });
    files.fault = () => undefined;
    expect(await append('too soon')).toMatchObject({ kind: 'failed' });
    pass(1000);
    expect((await append('c')).kind).toBe('kept');
    const next = await reopen();
    expect(await next.bodies()).toEqual(['a', 'c']);
    expect([next.count('damaged_bytes_total'), next.log.nextSequence]).toEqual([0, 5]);
  });

  test('fdatasync fails: the segment is given up, nothing of that write is acknowledged, a new segment takes over', async () => {
    const { log, append, files, pass, reopen, count } = createLogBench();
    await log.open(1);
    await append('a');
    files.fault = (operation) => (operation === 'datasync' ? fault('EIO') : undefined);
    const lost = await Promise.all(['b', 'c'].map((text) => append(text)));
    expect(lost.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    files.fault = () => undefined;
    pass(1000);
    expect((await append('d')).kind).toBe('kept');
    expect(log.segments.map((segment) => segment.first)).toEqual([1, 4]);
    expect(count('failures_total')).toBe(1);
    files.losePower();
    expect(await (await reopen()).bodies()).toEqual(['a', 'd']);
  });

  test('even when it cannot be cut back, the given-up part is not read in this process', async () => {
    const { log, append, files, bodies, pass } = createLogBench();
    await log.open(1);
    await append('a');
    files.fault = (operation) => (operation === 'datasync' || operation === 'truncate' ? fault('EIO') : undefined);
    await append('b');
    files.fault = () => undefined;
    pass(1000);
    await append('c');
    expect(await bodies()).toEqual(['a', 'c']);
  });

  test('the folder cannot be synced: not kept', async () => {
    const { log, append, files, pass } = createLogBench();
    await log.open(1);
    files.fault = (operation) => (operation === 'syncFolder' ? fault('EIO') : undefined);
    expect((await append('a')).kind).toBe('failed');
    files.fault = () => undefined;
    pass(1000);
    expect((await append('b')).kind).toBe('kept');
  });

  test('a segment cannot be created: refused', async () => {
    const { log, append, files } = createLogBench();
    await log.open(1);
    files.fault = (operation) => (operation === 'create' ? fault('ENOSPC') : undefined);
    expect(await append('a')).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ENOSPC') });
  });
});
