import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { RandomGaps } from './random-gaps.ts';

const BUCKET = 10_000;

function after(gaps: readonly number[]): RandomGaps {
  const chance = new RandomGaps(1);
  for (const gap of gaps) chance.learn(0, gap);
  return chance;
}

/** Gaps of a source that has something in a bucket with this chance. */
function random(share: number, length = 500): number[] {
  const { uniform } = createRandom(3);
  return Array.from({ length }, () => 1 + Math.floor(Math.log(1 - uniform()) / Math.log(1 - share)));
}

/** Empty buckets from which on chance does not explain them. */
function patience(gaps: RandomGaps): number {
  let idle = 1;
  while (gaps.isChance(0, idle, BUCKET)) idle++;
  return idle;
}

describe('a gap that chance gives', () => {
  test('is long where few requests come at random', () => {
    // One request in ten seconds: e^-12 is about one of the gaps of a month.
    expect(patience(after(random(1 - Math.exp(-1))))).toBeGreaterThanOrEqual(9);
    expect(patience(after(random(1 - Math.exp(-1))))).toBeLessThanOrEqual(15);
  });

  test('is the shorter the more requests come', () => {
    expect(patience(after(random(0.3)))).toBeGreaterThan(patience(after(random(0.6))));
    expect(patience(after(random(0.99)))).toBeLessThanOrEqual(4);
  });

  test('does not exist for what is sent by the clock', () => {
    expect(patience(after(Array.from({ length: 100 }, () => 1)))).toBe(1);
    expect(patience(after(Array.from({ length: 100 }, () => 6)))).toBe(1);
  });

  test('is hardly longer for a clock that is a bucket early or late', () => {
    expect(patience(after(Array.from({ length: 100 }, (_, i) => 5 + (i % 3))))).toBeLessThanOrEqual(6);
  });

  test('is nothing that an outage teaches', () => {
    const gaps = random(0.6);
    expect(patience(after([...gaps, 5_000]))).toBeLessThan(2 * patience(after(gaps)));
  });

  test('is not asked of a source that nothing is known of', () => {
    expect(new RandomGaps(1).isChance(0, 3, BUCKET)).toBe(false);
  });
});
