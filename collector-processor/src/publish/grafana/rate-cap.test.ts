import { expect, test } from '@jest/globals';
import { createRateCap } from './rate-cap.ts';

test('no more than the cap start in any stretch of the window', () => {
  const cap = createRateCap({ max: 3, windowMs: 1000 });
  expect([0, 400, 800, 900].map((nowMs) => cap.admit(nowMs, true))).toEqual([true, true, true, false]);
  expect([999, 1000, 1001, 1400].map((nowMs) => cap.admit(nowMs, true))).toEqual([false, true, false, true]);
});

test('a quarter is kept for urgent ones', () => {
  const cap = createRateCap({ max: 4, windowMs: 1000 });
  expect(Array.from({ length: 5 }, () => cap.admit(0, false))).toEqual([true, true, true, false, false]);
  expect(cap.admit(0, true)).toBe(true);
  expect(cap.admit(0, true)).toBe(false);
});

test('what a predecessor started counts', () => {
  const cap = createRateCap({ max: 1, windowMs: 1000 });
  cap.recall(-500);
  expect(cap.admit(0, true)).toBe(false);
  expect(cap.admit(500, true)).toBe(true);
});
