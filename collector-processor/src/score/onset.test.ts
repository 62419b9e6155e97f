import { describe, expect, test } from '@jest/globals';
import { aloneIn, Onset } from './onset.ts';

function taken(scores: readonly number[], stepMs = 10_000): number[] {
  const onset = new Onset(2);
  return scores.map((score) => onset.take(1, score, aloneIn(stepMs)));
}

describe('a finding starts', () => {
  test('with the second odd step of three, and dates back to the first', () => {
    expect(taken([0.2, 1.2, 1.1])).toEqual([-1, -1, 1]);
    expect(taken([1.2, 0.3, 1.1])).toEqual([-1, -1, 2]);
  });

  test('at once when a step is far out', () => {
    expect(taken([0.2, 2.5])).toEqual([-1, 0]);
  });

  test('with one odd step where steps are so long that nobody would wait for a second', () => {
    expect(taken([0.2, 1.2], 300_000)).toEqual([-1, 0]);
  });

  test('with the second odd step, or one far out, where a metric comes once a minute', () => {
    expect(taken([0.2, 1.2], 60_000)).toEqual([-1, -1]);
    expect(taken([0.2, 1.2, 1.1], 60_000)).toEqual([-1, -1, 1]);
    expect(taken([0.2, 1.4], 60_000)).toEqual([-1, 0]);
    expect(taken([0.2, 1.4], 10_000)).toEqual([-1, -1]);
  });

  test('after an odd stretch only where it goes clearly further, or after some time', () => {
    const after = (quiet: number, height: number): number | undefined =>
      taken([1.5, ...Array.from({ length: quiet }, () => 0), height], 300_000).at(-1);
    expect(after(5, 1.5)).toBe(-1);
    expect(after(5, 1.8)).toBe(0);
    expect(after(30, 1.5)).toBe(0);
  });
});

describe('no finding starts', () => {
  test('with one odd step, or two that are further apart', () => {
    expect(taken([1.5, 0.1, 0.1, 1.5])).toEqual([-1, -1, -1, -1]);
  });

  test('with a quiet step, or one without a verdict', () => {
    expect(taken([1.2, 1.2, 0.4])).toEqual([-1, 1, -1]);
    expect(taken([Number.NaN, Number.NaN])).toEqual([-1, -1]);
  });

  test('anew when a long time went by without steps, as far as the last one', () => {
    const onset = new Onset(1);
    expect(onset.take(0, 3, 0.5)).toBe(0);
    expect(onset.take(0, 3, 0.5)).toBe(1);
    expect(onset.take(0, 3, 0.5)).toBe(-1);
    expect(onset.take(0, 3, 0.5, 400)).toBeGreaterThanOrEqual(0);
  });
});
