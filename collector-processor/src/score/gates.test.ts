import { describe, expect, test } from '@jest/globals';
import { highestScore } from './gates.ts';
import { measureProfiles } from './measure-profile.ts';

const { p95, error_ratio: errors, rate } = measureProfiles;

describe('good news is no finding', () => {
  test('latency and errors that fall', () => {
    expect(highestScore(p95, 1e7, 1e8)).toBe(0);
    expect(highestScore(errors, 0, 0.1)).toBe(0);
  });

  test('but a rate may fall', () => {
    expect(highestScore(rate, 0, 10)).toBe(Infinity);
  });
});

describe('a change that is too small to matter stays below the border', () => {
  test.each([
    ['latency by a tenth', p95, 1.1e8, 1e8],
    ['latency by half a millisecond', p95, 1e6, 0.5e6],
    ['errors by half a per cent', errors, 0.006, 0.001],
    ['a rate by a fifth', rate, 12, 10],
  ])('%s', (_name, profile, value, expected) => {
    const highest = highestScore(profile, value, expected);
    expect(highest).toBeLessThan(1);
    expect(highest).toBeGreaterThan(0);
  });

  test('and what matters has no limit', () => {
    expect(highestScore(p95, 2e8, 1e8)).toBe(Infinity);
    expect(highestScore(errors, 0.05, 0.001)).toBe(Infinity);
  });
});

test('the limit never falls when the value moves further away', () => {
  for (const profile of Object.values(measureProfiles)) {
    let last = 0;
    for (let change = 0; change < 3; change += 0.01) {
      const highest = highestScore(profile, 1 + change, 1);
      expect(highest).toBeGreaterThanOrEqual(last);
      last = highest;
    }
  }
});
