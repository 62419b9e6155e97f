import { expect, test } from '@jest/globals';
import { spellDuration } from './spell-duration.ts';

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [40_000, '40 s'],
  [240_000, '4 min'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
])('%i ms is %s', (ms, text) => {
  expect(spellDuration(ms)).toBe(text);
});
