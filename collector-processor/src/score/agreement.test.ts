import { describe, expect, test } from '@jest/globals';
import { agree, alone, questionNumbers, settle } from './agreement.ts';
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
    const one = together(6, 6, 0, 0);
    expect(together(0, 0, 6, 0)).toBeCloseTo(one, 9);
    expect(together(6, 0, 6, 0)).toBeGreaterThan(one);
    expect(together(6, 0, 6, 0)).toBeLessThan(together(6, 6, 6, 0));
  });

  test('answers that are odd alike are worth more than a single one that is very odd', () => {
    expect(together(2, 2, 2, 2)).toBeCloseTo(2, 9);
    expect(together(6, 6, 0, 0)).toBeLessThan(1);
  });

  test('who has nothing to say does not count', () => {
    expect(together(4, Number.NaN, 4, 4)).toBe(together(4, 4, 4, 4));
    expect(together(4, 4, Number.NaN, 4)).toBe(together(4, 4, 4, 4));
    expect(together(Number.NaN, Number.NaN, Number.NaN, Number.NaN)).toBe(0);
  });

  test('the only answer is worth less than several that are alike', () => {
    const only = together(5, 5, Number.NaN, Number.NaN);
    expect(only).toBeLessThan(together(5, 5, 5, 5));
    expect(only).toBeGreaterThan(3);
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

test('what is odd for its hour may be a finding by itself, and what is but a little odd is not', () => {
  const said = (...voices: number[]): number => alone(Float64Array.from(voices), [1, 2]);
  expect(said(0, 8, NaN)).toBeGreaterThan(2.1);
  expect(said(0, 2, 6)).toBeLessThan(2.1);
  expect(said(0, 20, 0)).toBe(said(0, 8, 8));
  expect(said(8, NaN, NaN)).toBe(0);
});
