import { expect, test } from '@jest/globals';
import { between, createRandom, exponential, logNormal, normal, seedFor } from './random.ts';

const many = (draw: () => number): number[] => Array.from({ length: 20_000 }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('uniform numbers fill [0, 1)', () => {
  const values = many(createRandom(3));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(mean(values)).toBeCloseTo(0.5, 1);
});

test('the shapes have the moments they are named after', () => {
  const random = createRandom(4);
  expect(mean(many(() => normal(random)))).toBeCloseTo(0, 1);
  expect(mean(many(() => normal(random) ** 2))).toBeCloseTo(1, 1);
  expect(mean(many(() => exponential(random, 2)))).toBeCloseTo(2, 1);
  const times = many(() => logNormal(random, 40, 0.3)).sort((a, b) => a - b);
  expect(times[10_000]).toBeGreaterThan(39);
  expect(times[10_000]).toBeLessThan(41);
});

test('whole numbers reach both ends', () => {
  const random = createRandom(5);
  expect(new Set(many(() => between(random, 2, 4)))).toEqual(new Set([2, 3, 4]));
});

test('each part has a seed of its own', () => {
  expect(seedFor(1, 'payment')).not.toBe(seedFor(1, 'catalog'));
  expect(seedFor(1, 'payment')).not.toBe(seedFor(2, 'payment'));
});
