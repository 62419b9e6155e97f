import { describe, expect, test } from '@jest/globals';
import { agree, settle } from './agreement.ts';

function together(...voices: number[]): number {
  return agree(Float64Array.from(voices), voices.length);
}

describe('many voices make one', () => {
  test('a lone voice among several does not carry', () => {
    expect(together(8, 0.3, 0.3)).toBeLessThan(2);
  });

  test('two that agree do', () => {
    expect(together(6, 6, 0.3)).toBeGreaterThan(5);
  });

  test('who has nothing to say does not count', () => {
    expect(together(4, Number.NaN, 4)).toBe(together(4, 4));
    expect(together(Number.NaN)).toBe(0);
  });

  test('where one alone judges, it is heard', () => {
    expect(together(Number.NaN, 5)).toBe(5);
  });

  test('a louder voice never makes the sum quieter', () => {
    for (let voice = 0; voice < 12; voice += 0.1) {
      expect(together(voice + 0.1, 3, 2)).toBeGreaterThanOrEqual(together(voice, 3, 2));
    }
  });
});

test('agreement that is common on a series counts less, rare agreement not more', () => {
  expect(settle(4, 1)).toBe(2.5);
  expect(settle(4, 9)).toBe(4);
});
