import { describe, expect, test } from '@jest/globals';
import { borderOf } from './border.ts';

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
