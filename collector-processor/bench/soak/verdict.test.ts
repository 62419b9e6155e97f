import { expect, test } from '@jest/globals';
import { BOUNDS, judge, type Levels, verdictOf } from './verdict.ts';

test('only an interval that lies below the bound as a whole is flat', () => {
  const slope = { perHour: 0, error: 1 };
  expect(verdictOf({ ...slope, low: -3, high: 2 }, 5)).toBe('flat');
  expect(verdictOf({ ...slope, low: -3, high: 9 }, 5)).toBe('unclear');
  expect(verdictOf({ ...slope, low: 6, high: 9 }, 5)).toBe('grows');
  expect(verdictOf({ ...slope, low: NaN, high: NaN }, 5)).toBe('unclear');
});

test('judges memory, files and delay each by its own bound', () => {
  const rows = (from: number) =>
    Array.from({ length: 10 }, (_, i) => {
      const hours = (from + i) / 60;
      const flat: Levels = { rss: 300, wal: 0, store: 1, snapshot: 2, p50: 1, p99: 4 };
      return { ...flat, rss: 300 + 2 * BOUNDS.rss * hours, hours };
    });
  const { rss, wal, p99 } = judge([rows(0), rows(12)]);
  expect(rss).toMatchObject({ verdict: 'grows', bound: BOUNDS.rss });
  expect(rss.perHour).toBeCloseTo(2 * BOUNDS.rss);
  expect([wal.verdict, p99.verdict]).toEqual(['flat', 'flat']);
});
