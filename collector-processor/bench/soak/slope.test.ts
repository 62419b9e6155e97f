import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../src/testing/random.ts';
import { slopeOf, type Stretch } from './slope.ts';

const line = (from: number, count: number, y: (x: number) => number): Stretch =>
  Array.from({ length: count }, (_, i) => ({ x: (from + i) / 60, y: y((from + i) / 60) }));

describe('slopeOf', () => {
  test('finds the slope of a line exactly', () => {
    const { perHour, error } = slopeOf([line(0, 20, (x) => 100 + 7 * x)]);
    expect(perHour).toBeCloseTo(7);
    expect(error).toBeCloseTo(0);
  });

  test('takes a step between two stretches for no slope', () => {
    const { perHour } = slopeOf([line(0, 10, () => 100), line(15, 10, () => 150)]);
    expect(perHour).toBeCloseTo(0);
  });

  test('has the truth within its interval about nineteen times of twenty, also when residuals follow one another', () => {
    const random = createRandom(3);
    let inside = 0;
    for (let run = 0; run < 400; run++) {
      let drift = 0;
      const noise = (): number => (drift = 0.5 * drift + random.next() - 0.5);
      const { low, high } = slopeOf([line(0, 12, (x) => 5 * x + noise()), line(15, 12, (x) => 5 * x + noise())]);
      if (low <= 5 && 5 <= high) inside++;
    }
    expect(inside).toBeGreaterThan(350);
    expect(inside).toBeLessThan(400);
  });

  test('has the quantile of Student’s t for few points', () => {
    const { error, high, perHour } = slopeOf([line(0, 5, (x) => (x === 0 || x > 0.06 ? 1 : 0))]);
    expect((high - perHour) / error).toBeCloseTo(3.182, 1);
  });

  test('says nothing from too few points', () => {
    expect(slopeOf([line(0, 2, (x) => x)]).perHour).toBeNaN();
    expect(slopeOf([]).high).toBeNaN();
  });
});
