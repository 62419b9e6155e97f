import { describe, expect, test } from '@jest/globals';
import { Frame } from '../buckets/frame.ts';
import { createRandom } from '../testing/random.ts';
import {
  BOUNDS,
  DURATION_BINS,
  durationBin,
  DURATIONS,
  MAGNITUDE_BINS,
  magnitudeBin,
  MAGNITUDES,
  quantile,
} from './distribution.ts';

const noBounds = (): Float64Array => new Float64Array(0);

function frameOf(bins: readonly number[], count: number, shape: number): Frame {
  const frame = new Frame(1);
  const start = frame.binsOf(frame.row(0), count, shape);
  for (const bin of bins) frame.bins[start + bin] = (frame.bins[start + bin] ?? 0) + 1;
  return frame;
}

describe('quantiles of log bins are within their relative width', () => {
  test.each([0.5, 0.95, 0.99])('durations, %d', (share) => {
    const random = createRandom(3);
    const values = Array.from({ length: 5000 }, () => 2e7 * Math.exp(0.8 * random.normal()));
    const frame = frameOf(values.map(durationBin), DURATION_BINS, DURATIONS);
    const exact = values.sort((a, b) => a - b)[Math.floor(share * values.length)] ?? 0;
    expect(Math.abs(quantile(frame, 0, share, noBounds) / exact - 1)).toBeLessThan(0.066);
  });

  test.each([1e-6, 0.37, 42, 3e8])('magnitudes around %d', (value) => {
    const frame = frameOf([magnitudeBin(Math.log(value))], MAGNITUDE_BINS, MAGNITUDES);
    expect(Math.abs(quantile(frame, 0, 0.5, noBounds) / value - 1)).toBeLessThan(0.19);
  });

  test('what is too short or too long counts at the ends', () => {
    expect([durationBin(0), durationBin(1), durationBin(1e15)]).toEqual([0, 0, DURATION_BINS - 1]);
  });
});

describe('quantiles of explicit bounds', () => {
  const bounds = (): Float64Array => Float64Array.of(10, 20, 40);

  test('are linear inside a bucket', () => {
    const frame = frameOf([0, 1, 1, 2], 4, BOUNDS);
    expect(quantile(frame, 0, 0.5, bounds)).toBe(15);
    expect(quantile(frame, 0, 0.95, bounds)).toBe(36);
  });

  test('give the last bound for what lies beyond it', () => {
    expect(quantile(frameOf([3, 3], 4, BOUNDS), 0, 0.95, bounds)).toBe(40);
  });
});

test('there is no quantile of nothing', () => {
  const frame = new Frame(1);
  expect(quantile(frame, frame.row(0), 0.5, noBounds)).toBeNaN();
  expect(quantile(frameOf([], 4, DURATIONS), 0, 0.5, noBounds)).toBeNaN();
});
