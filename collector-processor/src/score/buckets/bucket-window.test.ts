import { describe, expect, test } from '@jest/globals';
import { BucketWindow } from './bucket-window.ts';
import { Frame } from './frame.ts';

const NOW = 1_000_000;

function open(lateBuckets = 1, futureBuckets = 1): BucketWindow {
  return new BucketWindow({ bucket: 1000, lateBuckets, futureBuckets, maxSubjects: 4 }, NOW);
}

describe('an item belongs to the bucket of its own time', () => {
  test.each([
    [NOW, 1000],
    [NOW + 999, 1000],
    [NOW - 1, 999],
    [NOW + 1000, 1001],
  ])('%d', (timeMs, bucket) => {
    expect(open().frameAt(timeMs)).toMatchObject({ bucket });
  });

  test.each([
    ['late', NOW - 1001],
    ['backfill', NOW - 3_600_000],
    ['backfill', 0],
    ['future', NOW + 2000],
    ['future', Number.NaN],
    ['future', 2 ** 64 / 1e6],
  ])('%s: %d', (where, timeMs) => {
    expect(open().frameAt(timeMs)).toBe(where);
  });
});

describe('a bucket closes by the clock of the process', () => {
  test('one bucket after its end by default', () => {
    const window = open();
    expect(window.due(NOW)).toEqual([]);
    expect(window.due(NOW + 999)).toEqual([]);
    expect(window.due(NOW + 1000)).toEqual([999]);
    expect(window.due(NOW + 2500)).toEqual([1000]);
    expect(window.frameAt(NOW + 500)).toBe('late');
  });

  test('an item from the future does not close anything', () => {
    const window = open();
    window.frameAt(NOW + 1500);
    expect(window.due(NOW)).toEqual([]);
  });

  test('time that runs backwards neither opens nor closes', () => {
    const window = open();
    window.due(NOW + 5000);
    expect(window.due(NOW - 60_000)).toEqual([]);
    expect(window.frameAt(NOW)).toBe('late');
    expect(window.frameAt(NOW + 5000)).toBeInstanceOf(Frame);
  });

  test('after a long sleep most buckets are skipped and counted', () => {
    const window = open();
    window.frameAt(NOW);
    expect(window.due(NOW + 3_600_000)).toHaveLength(8);
    expect(window.skipped).toBe(3592);
  });
});

test('frames are emptied and used again', () => {
  const window = open();
  const frame = window.frame(1000);
  frame.events[frame.row(2)] = 5;
  window.release(1000);
  const next = window.frame(1001);
  expect(next).toBe(frame);
  expect(next.find(2)).toBe(-1);
  expect(next.events[next.row(2)]).toBe(0);
});

test('spoiling marks every open bucket', () => {
  const window = open();
  window.spoil();
  expect([999, 1000, 1001].map((bucket) => window.frame(bucket).incomplete)).toEqual([true, true, true]);
});
