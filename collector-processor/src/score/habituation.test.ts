import { describe, expect, test } from '@jest/globals';
import { Habituation } from './habituation.ts';

const STEP_MS = 10_000;

/** Times in steps of ten seconds. */
function after(events: number, apart: number, height = 5): Habituation {
  const habituation = new Habituation(1);
  for (let i = 0; i < events; i++) habituation.remember(0, height, i * apart * STEP_MS);
  return habituation;
}

describe('what comes again and again is no news', () => {
  test('an hourly job is worth less than half after a day', () => {
    expect(after(8, 360).factor(0, 5, 8 * 360 * STEP_MS)).toBeLessThan(0.5);
  });

  test('a second incident on the same day still is news', () => {
    expect(after(1, 0).factor(0, 5, 1000 * STEP_MS)).toBeGreaterThan(0.85);
  });

  test('a clearly larger one is news as before', () => {
    expect(after(8, 360).factor(0, 12, 8 * 360 * STEP_MS)).toBe(1);
  });

  test('old events fade', () => {
    expect(after(8, 1).factor(0, 5, 300_000 * STEP_MS)).toBeGreaterThan(0.99);
  });
});

test('the factor never falls when the event is larger', () => {
  const habituation = new Habituation(1);
  for (const height of [3, 4, 6, 9, 12]) habituation.remember(0, height, 0);
  let last = 0;
  for (let height = 0; height < 20; height += 0.1) {
    const factor = habituation.factor(0, height, 1);
    expect(factor).toBeGreaterThanOrEqual(last);
    last = factor;
  }
});
