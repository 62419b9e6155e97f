import { describe, expect, test } from '@jest/globals';
import { periodOf } from './period.ts';
import { volumeUnderSurface } from './volume.ts';

/** 1,000 rows, labelled 400 to 419. */
const labels = Uint8Array.from({ length: 1000 }, (_unused, row) => (row >= 400 && row < 420 ? 1 : 0));

describe('volume under the surface', () => {
  test('of the labels themselves is near 1, of their opposite near 0', () => {
    const perfect = volumeUnderSurface(labels, labels, 0);
    expect(perfect?.roc).toBeGreaterThan(0.99);
    expect(perfect?.pr).toBeGreaterThan(0.9);
    const wrong = volumeUnderSurface(
      labels.map((label) => 1 - label),
      labels,
      0,
    );
    expect(wrong?.roc).toBeLessThan(0.05);
    expect(wrong?.pr).toBeLessThan(0.05);
  });

  test('of a constant score is what its one threshold gives', () => {
    const flat = volumeUnderSurface(new Float64Array(1000), labels, 0);
    expect(flat?.pr).toBeCloseTo(20 / 1000, 10);
    expect(flat?.roc).toBeCloseTo(0.5, 10);
  });

  test('forgives a score that is a few points off, the more the softer the edges', () => {
    const late = Float64Array.from({ length: 1000 }, (_unused, row) => (row >= 420 && row < 430 ? 1 : 0));
    const hard = volumeUnderSurface(late, labels, 0)?.pr ?? NaN;
    const soft = volumeUnderSurface(late, labels, 40)?.pr ?? NaN;
    expect(soft).toBeGreaterThan(2 * hard);
  });

  test('is what the published definition gives, written anew without any shortcut', () => {
    const rows = Array.from({ length: 600 }, (_unused, row) => row);
    const isOdd = (row: number): boolean => (row >= 100 && row < 120) || (row >= 130 && row < 150) || row >= 595;
    const several = rows.map((row) => (isOdd(row) || (row >= 400 && row < 403) ? 1 : 0));
    let state = 12345n;
    const scores = rows.map((row) => {
      state = (state * 1103515245n + 12345n) % 2147483648n;
      return Number(state) / 2147483648 + 0.5 * (several[Math.max(0, row - 3)] ?? 0);
    });
    const volume = volumeUnderSurface(scores, several, 24);
    expect(volume?.pr).toBeCloseTo(0.6227159921143575, 12);
    expect(volume?.roc).toBeCloseTo(0.8964134893451309, 12);
  });

  test('does not exist without a label', () => {
    expect(volumeUnderSurface([1, 2, 3], [0, 0, 0], 10)).toBeUndefined();
  });
});

describe('the period', () => {
  const wave = (period: number): Float64Array =>
    Float64Array.from({ length: 4000 }, (_unused, row) => Math.sin((2 * Math.PI * row) / period));

  test('is that of a wave', () => {
    expect(periodOf(wave(60))).toBe(60);
  });

  test('is 125 where there is none, or it is too long', () => {
    expect(periodOf(new Float64Array(500))).toBe(125);
    expect(periodOf(wave(390))).toBe(125);
  });
});
