import { expect, test } from '@jest/globals';
import { silentLogger } from '../../runtime/logger.ts';
import { createManualClock } from '../grafana/testing/manual-clock.ts';
import { LogTrouble } from './log-trouble.ts';
import type { Appended } from './segment-log.ts';

const kept = { kind: 'kept' } as Appended;
const full: Appended = { kind: 'full', reason: 'the write-ahead log is full' };
const failed: Appended = { kind: 'failed', reason: 'the write-ahead log failed: EIO' };

function bench() {
  const clock = createManualClock(0);
  const lines: string[] = [];
  const disk = { bytes: 100, maxSize: 100 };
  const note = (_fields: object, text: string): void => void lines.push(text);
  const logger = { ...silentLogger, info: note, error: note };
  return { clock, lines, disk, trouble: new LogTrouble({ folder: '/log', clock, logger, size: () => disk }) };
}

test('a full log is told once, also while small requests still fit, and again when it has room', () => {
  const { trouble, lines, disk } = bench();
  for (const appended of [kept, full, kept, full]) trouble.note(appended);
  expect(lines).toEqual([expect.stringContaining('is full')]);
  expect(trouble.now).toContain('is full');
  disk.bytes = 50;
  expect(trouble.now).toBeUndefined();
  trouble.note(kept);
  expect(lines).toEqual([expect.anything(), expect.stringContaining('takes requests again')]);
});

test('a disk that fails is told once, and counts as failing for half a minute when nothing comes any more', () => {
  const { trouble, lines, clock } = bench();
  for (const appended of [failed, failed]) trouble.note(appended);
  expect(lines).toHaveLength(1);
  expect(trouble.now).toContain('EIO');
  clock.advance(30_000);
  expect(trouble.now).toBeUndefined();
  trouble.note(kept);
  expect(lines).toHaveLength(2);
});
