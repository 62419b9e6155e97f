import { expect, test } from '@jest/globals';
import { compareSamples } from './kolmogorov-smirnov.ts';

const upTo = (count: number, shift = 0): number[] => Array.from({ length: count }, (_, index) => index + shift);

test('samples apart are as far as can be, and unlike', () => {
  const { statistic, pValue } = compareSamples(upTo(20), upTo(20, 100));
  expect(statistic).toBe(1);
  expect(pValue).toBeLessThan(1e-6);
});

test('the same sample is no distance, in any order and with ties', () => {
  expect(compareSamples([1, 1, 2, 3], [3, 1, 2, 1])).toEqual({ statistic: 0, pValue: 1 });
});

test('half a shift has the distance and chance that tables give', () => {
  const { statistic, pValue } = compareSamples(upTo(10), upTo(10, 5));
  expect(statistic).toBeCloseTo(0.5, 10);
  expect(pValue).toBeGreaterThan(0.1);
  expect(pValue).toBeLessThan(0.2);
});

test('nothing is like nothing', () => {
  expect(compareSamples([], [1])).toEqual({ statistic: NaN, pValue: NaN });
});
