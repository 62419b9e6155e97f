import { describe, expect, test } from '@jest/globals';
import { borderOf, worthOfRarity } from './border.ts';

describe('the notice border', () => {
  test('is as it is set for steps of ten seconds and shorter ones', () => {
    expect(borderOf(2.8, 10_000)).toBe(2.8);
    expect(borderOf(2.8, 1_000)).toBe(2.8);
  });

  test('falls with longer steps, up to five minutes', () => {
    expect(borderOf(2.8, 60_000)).toBeLessThan(2.8);
    expect(borderOf(2.8, 300_000)).toBeLessThan(borderOf(2.8, 60_000));
    expect(borderOf(2.8, 3_600_000)).toBe(borderOf(2.8, 300_000));
  });

  test('never falls below half of what is set', () => {
    expect(borderOf(1, 300_000)).toBe(0.5);
  });
});

describe('rarity on a series', () => {
  const MINUTE = 60_000;

  test('is worth the more the rarer it is', () => {
    for (let rarity = 0; rarity < 6; rarity += 0.5) {
      expect(worthOfRarity(rarity + 0.5, MINUTE, 3)).toBeGreaterThan(worthOfRarity(rarity, MINUTE, 3));
    }
  });

  test('is asked more of where chance has more tries', () => {
    const share = (stepMs: number): number => worthOfRarity(3, stepMs, 1) / borderOf(2.5, stepMs);
    expect(share(MINUTE)).toBeLessThan(share(5 * MINUTE));
    expect(share(5 * MINUTE)).toBeLessThan(share(60 * MINUTE));
  });

  test('is asked less of in stretches, for they are fewer tries', () => {
    expect(worthOfRarity(3, MINUTE, 20)).toBeGreaterThan(worthOfRarity(3, MINUTE, 1));
  });

  test('counts as it is in short steps, two of which make a finding', () => {
    expect(worthOfRarity(3, 10_000, 1)).toBe(3);
    expect(worthOfRarity(3, 10_000, 9)).toBe(3);
  });

  test('never comes cheaper than one in ten', () => {
    expect(worthOfRarity(1, 86_400_000, 99)).toBe(borderOf(2.5, 86_400_000));
  });
});
