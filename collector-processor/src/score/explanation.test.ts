import { describe, expect, test } from '@jest/globals';
import { effectSizeOf, explain, factorsOf } from './explanation.ts';
import { createRandom } from './testing/random.ts';
import { createSeriesRunner } from './testing/series-runner.ts';
import { createVerdict } from './verdict.ts';

describe('effect size', () => {
  test('is in distances of the end of the band, on the side where the value is', () => {
    expect(effectSizeOf({ observed: 20, expected: 10, lower: 8, upper: 15 })).toBe(2);
    expect(effectSizeOf({ observed: 4, expected: 10, lower: 8, upper: 15 })).toBe(3);
  });

  test('of a pause is in lengths of the longest that is expected', () => {
    expect(effectSizeOf({ observed: 10, expected: 2, lower: 0, upper: 2 })).toBe(4);
  });

  test('does not exist without a band', () => {
    expect(effectSizeOf({ observed: 5, expected: 0, lower: 0, upper: 0 })).toBeUndefined();
    expect(effectSizeOf({ observed: 5, expected: NaN, lower: NaN, upper: NaN })).toBeUndefined();
  });
});

describe('factors', () => {
  test('what changed nothing is not told', () => {
    expect(factorsOf({ ...createVerdict(1), score: 2 }, 2)).toEqual([]);
  });

  test('rarity, events alike and gates are told with what they did', () => {
    const factors = factorsOf({ ...createVerdict(1), score: 4, rarityFactor: 1.2, habituation: 0.5 }, 1);
    expect(factors.map(({ name, factor }) => [name, factor])).toEqual([
      ['rarity', 1.2],
      ['habituation', 0.5],
      ['effect', 0.25],
    ]);
  });
});

test('nothing known is nothing told', () => {
  expect(explain({ reasons: [] })).toBe('');
});

test('a finding carries size, factors and the one before it, and says them in a sentence', () => {
  const random = createRandom(3);
  const runner = createSeriesRunner('value');
  const quiet = (steps: number): void => {
    for (let step = 0; step < steps; step++) runner.step(50 + random.normal());
  };
  quiet(400);
  for (let step = 0; step < 4; step++) runner.step(80);
  quiet(200);
  for (let step = 0; step < 4; step++) runner.step(120);
  const [first, second] = runner.opened();
  expect(first?.effectSize).toBeGreaterThan(2);
  expect(first?.earlier).toBeUndefined();
  expect(second?.earlier).toMatchObject({ id: first?.id, startMs: first?.startMs });
  expect(second?.explanation).toMatch(/^\d of \d detectors agree; it went \d+\.\d times as far/);
  expect(second?.explanation).toContain('the nearest earlier finding on it began 2026-03-0');
});
