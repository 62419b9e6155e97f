import { describe, expect, test } from '@jest/globals';
import { agree, questionNumbers, settle } from './agreement.ts';
import type { Question } from './scorer.ts';

const QUESTIONS: readonly Question[] = ['level', 'level', 'spread', 'record'];
const numbers = questionNumbers(QUESTIONS);

/** Two voices on the level, one on the spread, one on the record. */
function together(...voices: number[]): number {
  return agree(Float64Array.from(voices), numbers);
}

describe('many voices make one', () => {
  test('a lone voice among several does not carry', () => {
    expect(together(8, 0.3, 0.3, 0.3)).toBeLessThan(2);
  });

  test('a question weighs the same however many detectors ask it', () => {
    expect(together(6, 6, 0, 0)).toBe(2);
    expect(together(0, 0, 6, 0)).toBe(2);
    expect(together(6, 0, 6, 0)).toBe(3);
  });

  test('who has nothing to say does not count', () => {
    expect(together(4, Number.NaN, 4, 4)).toBe(together(4, 4, 4, 4));
    expect(together(4, 4, Number.NaN, 4)).toBe(together(4, 4, 4, 4));
    expect(together(Number.NaN, Number.NaN, Number.NaN, Number.NaN)).toBe(0);
  });

  test('an answer that no other question confirms is worth a little less', () => {
    const alone = together(5, 5, Number.NaN, Number.NaN);
    expect(alone).toBeLessThan(together(5, 5, 5, 5));
    expect(alone).toBeGreaterThan(4);
  });

  test('a louder voice never makes the sum quieter', () => {
    for (let voice = 0; voice < 12; voice += 0.1) {
      expect(together(voice + 0.1, 3, 2, 1)).toBeGreaterThanOrEqual(together(voice, 3, 2, 1));
    }
  });
});

test('agreement that is common on a series counts less, rare agreement more, within limits', () => {
  expect(settle(4, 1)).toBe(2.5);
  expect(settle(4, 5)).toBe(4.5);
  expect(settle(4, 12)).toBe(5);
});
