import { describe, expect, test } from '@jest/globals';
import type { Detector, Step } from '../scorer.ts';
import { createRandom } from '../testing/random.ts';
import { rangeRecord } from './range-record.ts';
import { restlessness } from './restlessness.ts';
import { longDeviation } from './sustained-deviation.ts';

function stepOf(level: number, direction: 1 | -1 = 1): Step {
  const times = { timeMs: Date.UTC(2026, 2, 9), stepMs: 10_000, age: 100 };
  const calendar = { wallMs: 0, holiday: false, season: NaN };
  return {
    value: level,
    level,
    floor: 0,
    relativeFloor: 0,
    direction,
    events: 1,
    failures: 0,
    detail: NaN,
    ...calendar,
    ...times,
  };
}

/** A detector that has seen 30 levels around 10, and what it makes of more of them. */
function learned(detector: Detector) {
  const random = createRandom(3);
  const scorer = detector.create(1);
  scorer.start(
    0,
    Float32Array.from({ length: 30 }, () => 10 + random.normal()),
  );
  const learn = (steps: number, level: () => number): void => {
    for (let i = 0; i < steps; i++) scorer.learn(0, stepOf(level()), 1);
  };
  learn(300, () => 10 + random.normal());
  return { scorer, learn, random };
}

describe('range record', () => {
  test('counts from the edge of what was seen, in fifths of its width, on the side that is asked for', () => {
    const { scorer } = learned(rangeRecord);
    expect(scorer.score(0, stepOf(10))).toBe(0);
    const near = scorer.score(0, stepOf(16));
    expect(scorer.score(0, stepOf(17)) - near).toBeCloseTo(
      scorer.score(0, stepOf(18)) - scorer.score(0, stepOf(17)),
      6,
    );
    expect(near).toBeGreaterThan(0);
    expect(scorer.score(0, stepOf(16, -1))).toBe(0);
    expect(scorer.score(0, stepOf(4, -1))).toBeGreaterThan(0);
  });

  test('what was seen is no record again, once it is some steps past', () => {
    const { scorer, learn } = learned(rangeRecord);
    learn(2, () => 20);
    expect(scorer.score(0, stepOf(20))).toBeGreaterThan(0);
    learn(1, () => 20);
    expect(scorer.score(0, stepOf(20))).toBe(0);
    expect(scorer.score(0, stepOf(21))).toBeGreaterThan(0);
  });

  test('is forgotten after one to two generations', () => {
    const { scorer, learn, random } = learned(rangeRecord);
    learn(3, () => 20);
    learn(9_000, () => 10 + random.normal());
    expect(scorer.score(0, stepOf(20))).toBe(0);
    learn(9_000, () => 10 + random.normal());
    expect(scorer.score(0, stepOf(20))).toBeGreaterThan(0);
  });
});

describe('sustained deviation', () => {
  test('hears a shift that no single value gives away, and forgets it when told that it is over', () => {
    const { scorer, random } = learned(longDeviation);
    const before = scorer.score(0, stepOf(11.5));
    for (let i = 0; i < 24; i++) scorer.learn(0, stepOf(11.5 + random.normal()), 0);
    expect(scorer.score(0, stepOf(11.5))).toBeGreaterThan(before + 3);
    scorer.rest?.(0);
    expect(scorer.score(0, stepOf(11.5))).toBeLessThan(before + 1);
  });

  test('to one side still counts when the present value is on the other', () => {
    const { scorer } = learned(longDeviation);
    for (let i = 0; i < 24; i++) scorer.learn(0, stepOf(14), 0);
    const back = scorer.score(0, stepOf(9.9, -1));
    expect(back).toBeGreaterThan(3);
    expect(scorer.score(0, stepOf(8, -1))).toBe(back);
  });
});

describe('restlessness', () => {
  test('hears moves that are all larger, not one that is', () => {
    const one = learned(restlessness);
    one.learn(1, () => 30);
    const after = one.scorer.score(0, stepOf(10));
    const many = learned(restlessness);
    many.learn(24, () => 10 + 4 * many.random.normal());
    expect(many.scorer.score(0, stepOf(14))).toBeGreaterThan(after + 2);
  });

  test('has nothing to say about a series that falls still', () => {
    const { scorer, learn } = learned(restlessness);
    learn(50, () => 10);
    expect(scorer.score(0, stepOf(10))).toBe(0);
  });
});
