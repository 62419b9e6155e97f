import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { coverageOf, generators } from './testing/generated-series.ts';
import { findTrend } from './trend.ts';

describe('of what is measured later about as much as stated lies inside the interval of 90 %', () => {
  for (const [name, generator] of Object.entries(generators)) {
    test(`${name}: a third of what was seen ahead, and as far as was seen`, () => {
      for (const ahead of [56, 168]) {
        const share = coverageOf(generator, { trials: 60, length: 168, ahead });
        expect([name, ahead, share >= 0.82 && share < 1]).toEqual([name, ahead, true]);
      }
    });
  }
});

test('the slope is that of the line, though every fifth value is nonsense', () => {
  const random = createRandom(5);
  const values = Float64Array.from({ length: 200 }, (_unused, i) => (i % 5 === 2 ? 1e6 * random.uniform() : 3 * i));
  expect(findTrend(values)?.slope).toBeCloseTo(3, 1);
});

test('holes do not count, and too few values say nothing', () => {
  const values = Float64Array.from({ length: 60 }, (_unused, i) => (i % 3 === 0 ? NaN : 2 * i));
  expect(findTrend(values)?.slope).toBeCloseTo(2, 6);
  expect(findTrend(values.subarray(0, 19))).toBeUndefined();
  expect(findTrend(new Float64Array(100).fill(NaN))).toBeUndefined();
});

test('a longer look ahead is never surer', () => {
  const random = createRandom(9);
  for (const generator of Object.values(generators)) {
    const next = generator(random);
    const trend = findTrend(Float64Array.from({ length: 100 }, (_unused, i) => next(i)));
    const errors = [1, 10, 50, 200].map((ahead) => trend?.error(ahead) ?? NaN);
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
  }
});
