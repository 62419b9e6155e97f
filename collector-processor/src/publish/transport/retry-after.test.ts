import { expect, test } from '@jest/globals';
import { parseRetryAfter } from './retry-after.ts';

const nowMs = Date.UTC(2026, 0, 1, 12, 0, 0);

test.each([
  ['7', 7000],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
  ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  [undefined, undefined],
])('Retry-After %p is %p ms', (text, expected) => {
  expect(parseRetryAfter(text, nowMs)).toBe(expected);
});
