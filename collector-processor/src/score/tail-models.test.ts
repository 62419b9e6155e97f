import { describe, expect, test } from '@jest/globals';
import { clusteredPrior, plainPrior, studentPrior } from './priors.ts';
import { TailModels } from './tail-models.ts';
import { createRandom } from './testing/random.ts';

function learned(steps: number, draw: () => number): TailModels {
  const models = new TailModels(1, 1);
  for (let i = 0; i < steps; i++) models.add(0, 0, draw());
  return models;
}

describe('a higher score never surprises less', () => {
  test.each([0, 1, 7, 30, 300, 30_000])('after %d steps', (steps) => {
    const random = createRandom(steps + 1);
    const models = learned(steps, () => Math.abs(random.normal()) ** (1 + 2 * random.uniform()));
    for (const prior of [studentPrior, plainPrior, clusteredPrior]) {
      let last = 0;
      for (let score = 0; score < 60; score += 0.037) {
        const surprise = models.surprise(0, 0, score, prior);
        expect(surprise).toBeGreaterThanOrEqual(last - 1e-12);
        last = surprise;
      }
    }
  });

  test.each([studentPrior, plainPrior, clusteredPrior])('by the prior alone', (prior) => {
    let last = 1;
    for (let score = 0; score < 400; score += 0.05) {
      expect(prior(score)).toBeLessThanOrEqual(last);
      last = prior(score);
    }
  });
});

describe('surprise is honest', () => {
  test('on scores like those learned, 10^-2 happens about once in a hundred', () => {
    const random = createRandom(4);
    const draw = (): number => Math.abs(random.normal());
    const models = learned(20_000, draw);
    let surprised = 0;
    for (let i = 0; i < 20_000; i++) if (models.surprise(0, 0, draw(), studentPrior) >= 2) surprised++;
    expect(surprised).toBeGreaterThan(120);
    expect(surprised).toBeLessThan(280);
  });

  test('a heavy tail that was seen surprises less than a light one', () => {
    const random = createRandom(5);
    const light = learned(5000, () => Math.abs(random.normal()));
    const heavy = learned(5000, () => random.uniform() ** -0.5);
    expect(heavy.surprise(0, 0, 10, studentPrior)).toBeLessThan(light.surprise(0, 0, 10, studentPrior) - 1.5);
  });

  test('thirty steps cannot claim what thirty thousand can', () => {
    const random = createRandom(6);
    const young = learned(30, () => Math.abs(random.normal()));
    const old = learned(16_000, () => Math.abs(random.normal()));
    expect(young.surprise(0, 0, 6, plainPrior)).toBeLessThan(old.surprise(0, 0, 6, plainPrior));
  });
});

test('the inverse finds the score of a surprise', () => {
  const random = createRandom(7);
  const models = learned(2000, () => Math.abs(random.normal()));
  const score = models.inverse(0, 0, 3.2, studentPrior);
  expect(models.surprise(0, 0, score, studentPrior)).toBeCloseTo(3.2, 2);
});

test('old steps fade, counts never overflow', () => {
  const models = learned(200_000, () => 1);
  for (let i = 0; i < 40_000; i++) models.add(0, 0, 50);
  expect(models.surprise(0, 0, 40, studentPrior)).toBeLessThan(1);
});

test('models of one series do not touch each other', () => {
  const models = new TailModels(2, 3);
  const before = models.surprise(1, 0, 5, studentPrior);
  for (let i = 0; i < 500; i++) models.add(0, 2, 20);
  expect(models.surprise(1, 0, 5, studentPrior)).toBe(before);
  expect(models.surprise(0, 1, 5, studentPrior)).toBe(before);
});

test('what no number can be is not surprising', () => {
  const models = learned(50, () => 1);
  expect(models.surprise(0, 0, 0, studentPrior)).toBeCloseTo(0, 1);
  expect(models.surprise(0, 0, 1e6, studentPrior)).toBeLessThanOrEqual(12);
});
