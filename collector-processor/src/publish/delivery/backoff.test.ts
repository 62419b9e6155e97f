import { expect, test } from '@jest/globals';
import { backoffMs } from './backoff.ts';

const options = { initialInterval: 100, maxInterval: 1000, maxElapsed: 5000 };

test('the limit doubles up to max_interval, and the pause lies anywhere below it', () => {
  const limits = [1, 2, 3, 4, 5, 2000].map((failures) => backoffMs(failures, options, () => 1));
  expect(limits).toEqual([100, 200, 400, 800, 1000, 1000]);
  expect(backoffMs(3, options, () => 0)).toBe(0);
  expect(backoffMs(3, options, () => 0.5)).toBe(200);
});
