import { expect, test } from '@jest/globals';
import type { Scorer, Step } from '../scorer.ts';
import { createRandom } from '../testing/random.ts';
import { briefPattern } from './pattern.ts';

const BLOCK = 4;
const WAVE = 48;

function stepOf(level: number): Step {
  const times = { timeMs: 0, stepMs: 10_000, age: 100, direction: 1 as const };
  const calendar = { wallMs: 0, holiday: false, season: NaN };
  return {
    value: level,
    level,
    floor: 0,
    relativeFloor: 0,
    events: 1,
    failures: 0,
    detail: NaN,
    ...calendar,
    ...times,
  };
}

/** A detector that has seen so many waves. */
function afterWaves(waves: number): Scorer {
  const scorer = briefPattern.create(1);
  const random = createRandom(2);
  const level = (step: number): number => 10 + 5 * Math.sin((2 * Math.PI * step) / WAVE) + 0.1 * random.normal();
  scorer.start(
    0,
    Float32Array.from({ length: WAVE }, (_unused, step) => level(step)),
  );
  for (let step = 0; step < waves * WAVE; step++) scorer.learn(0, stepOf(level(step)), 1);
  return scorer;
}

test('says nothing before it has seen some shapes', () => {
  expect(afterWaves(1).score(0, stepOf(10))).toBeNaN();
});

test('a wave that was seen is known, one that fails to come is not', () => {
  const scorer = afterWaves(20);
  const usual = scorer.score(0, stepOf(10));
  let oddest = 0;
  for (let step = 0; step < WAVE; step++) {
    scorer.learn(0, stepOf(10), 0);
    oddest = Math.max(oddest, scorer.score(0, stepOf(10)));
  }
  expect(oddest).toBeGreaterThan(1.5 * usual);
});

test('a spike in a line is a shape of its own', () => {
  const scorer = briefPattern.create(1);
  const random = createRandom(3);
  scorer.start(
    0,
    Float32Array.from({ length: 30 }, () => 10 + random.normal()),
  );
  for (let step = 0; step < 400; step++) scorer.learn(0, stepOf(10 + random.normal()), 1);
  const usual = scorer.score(0, stepOf(10));
  scorer.learn(0, stepOf(30), 0);
  for (let step = 1; step < BLOCK; step++) scorer.learn(0, stepOf(10), 0);
  expect(scorer.score(0, stepOf(10))).toBeGreaterThan(1.5 * usual);
});

test('the present value changes nothing, so that a larger one never scores lower', () => {
  const scorer = afterWaves(20);
  expect(scorer.score(0, stepOf(1000))).toBe(scorer.score(0, stepOf(10)));
});

test('counting goes on after as many shapes as a counter holds', () => {
  const scorer = afterWaves(20);
  for (let block = 0; block < 70_000; block++) {
    const level = 10 + (block % 12 < 6 ? 1 : -1);
    for (let step = 0; step < BLOCK; step++) scorer.learn(0, stepOf(level), 1);
  }
  expect(scorer.score(0, stepOf(10))).toBeLessThan(0.2);
});
