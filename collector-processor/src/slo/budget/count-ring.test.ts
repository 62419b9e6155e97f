import { expect, test } from '@jest/globals';
import { CountRing } from './count-ring.ts';
import { lowerShareOf, shareOf } from './counts.ts';

const minute = 60_000;

test('counts of a minute come together, and sums take whole minutes', () => {
  const ring = new CountRing({ length: 10 });
  ring.add(5 * minute + 1, { total: 10, bad: 1 });
  ring.add(5 * minute + 59_000, { total: 5, bad: 0 });
  ring.add(7 * minute, { total: 1, bad: 1 });
  expect(ring.at(5 * minute)).toEqual({ total: 15, bad: 1 });
  expect(ring.sum(5 * minute, 7 * minute)).toEqual({ total: 15, bad: 1 });
  expect(ring.sum(0, 8 * minute)).toEqual({ total: 16, bad: 2 });
});

test('old minutes make room for new ones and are not counted for those', () => {
  const ring = new CountRing({ length: 3 });
  ring.add(0, { total: 1, bad: 1 });
  ring.add(2 * minute, { total: 2, bad: 0 });
  expect(ring.sum(0, 3 * minute)).toEqual({ total: 3, bad: 1 });
  ring.add(3 * minute, { total: 4, bad: 0 });
  expect(ring.sum(0, 4 * minute)).toEqual({ total: 6, bad: 0 });
  expect(ring.add(0, { total: 9, bad: 9 })).toBe(false);
  ring.add(100 * minute, { total: 1, bad: 0 });
  expect(ring.sum(0, 101 * minute)).toEqual({ total: 1, bad: 0 });
  expect(ring.sinceMs).toBe(98 * minute);
});

test('of few events a share says little', () => {
  expect(shareOf({ total: 0, bad: 0 })).toBeUndefined();
  expect(lowerShareOf({ total: 0, bad: 0 })).toBe(0);
  expect(lowerShareOf({ total: 1, bad: 1 })).toBeCloseTo(0.27, 2);
  expect(lowerShareOf({ total: 10_000, bad: 200 })).toBeCloseTo(0.0178, 4);
  expect(lowerShareOf({ total: 100, bad: 0 })).toBe(0);
});
