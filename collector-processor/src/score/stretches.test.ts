import { expect, test } from '@jest/globals';
import { Stretches } from './stretches.ts';
import { createRandom } from './testing/random.ts';

function learned(memory: number): number {
  const random = createRandom(5);
  const stretches = new Stretches(1);
  let state = 0;
  for (let i = 0; i < 5000; i++) {
    state = memory * state + random.normal();
    stretches.learn(0, state);
  }
  return stretches.length(0);
}

test('independent values are a stretch each, values that hang together come in long ones', () => {
  expect(learned(0)).toBeLessThan(1.3);
  expect(learned(0.8)).toBeGreaterThan(6);
  expect(learned(0.8)).toBeLessThan(12);
  expect(learned(0.99)).toBeGreaterThan(60);
});

test('nothing known, nothing but the same, and no expectation are stretches of one', () => {
  const stretches = new Stretches(1);
  expect(stretches.length(0)).toBe(1);
  stretches.learn(0, 0);
  stretches.learn(0, NaN);
  expect(stretches.length(0)).toBe(1);
});

test('values too large to be squared do no harm', () => {
  const stretches = new Stretches(1);
  for (const value of [1e200, -1e200, 1e200]) stretches.learn(0, value);
  expect(stretches.length(0)).toBe(1);
});
