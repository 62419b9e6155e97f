import type { Frame } from '../buckets/frame.ts';

/**
 * Shapes of distributions in a frame: durations and other magnitudes in logarithmic bins of constant relative width, or
 * the explicit bounds of a histogram (shape = `BOUNDS` + the number of the bounds).
 */
export const DURATIONS = 1;
export const MAGNITUDES = 2;
export const BOUNDS = 3;

interface LogShape {
  readonly bins: number;
  /** Natural logarithm of a bin's relative width, and of the lower edge of bin 1; bin 0 is everything below. */
  readonly width: number;
  readonly start: number;
}

/** Nanoseconds from 10 µs to 150 s, 3.3 % relative error; other magnitudes from 3e-10 to 3e9, 9 %. */
const durationShape: LogShape = { bins: 256, width: 0.065, start: Math.log(1e4) };
const magnitudeShape: LogShape = { bins: 256, width: 0.172, start: -22 };

export const DURATION_BINS = durationShape.bins;
export const MAGNITUDE_BINS = magnitudeShape.bins;

export function durationBin(nanoseconds: number): number {
  return logBin(durationShape, Math.log(nanoseconds));
}

/** Bin of a value whose natural logarithm is given. */
export function magnitudeBin(logarithm: number): number {
  return logBin(magnitudeShape, logarithm);
}

function logBin({ bins, width, start }: LogShape, logarithm: number): number {
  const bin = Math.floor((logarithm - start) / width) + 1;
  return bin > 0 ? Math.min(bins - 1, bin) : 0;
}

/** Value below which the given share of a row's events lies; NaN without events. */
export function quantile(frame: Frame, row: number, share: number, boundsOf: (id: number) => Float64Array): number {
  const start = (frame.binStart[row] as number) - 1;
  if (start < 0) return NaN;
  const count = frame.binCount[row] as number;
  const { bins } = frame;
  let total = 0;
  for (let i = start; i < start + count; i++) total += bins[i] as number;
  if (!(total > 0)) return NaN;
  let left = share * total;
  let bin = 0;
  while (bin < count - 1 && left > (bins[start + bin] as number)) {
    left -= bins[start + bin] as number;
    bin++;
  }
  const inside = Math.min(1, left / Math.max(bins[start + bin] as number, Number.MIN_VALUE));
  const shape = frame.shape[row] as number;
  if (shape >= BOUNDS) return betweenBounds(boundsOf(shape - BOUNDS), bin, inside);
  const { width, start: first } = shape === DURATIONS ? durationShape : magnitudeShape;
  return bin === 0 ? 0 : Math.exp(first + (bin - 1 + inside) * width);
}

/** Linear inside a bucket; the open ones at both ends give their bound. */
function betweenBounds(bounds: Float64Array, bin: number, inside: number): number {
  const upper = bounds[Math.min(bin, bounds.length - 1)] ?? NaN;
  if (bin >= bounds.length) return upper;
  const lower = bin > 0 ? (bounds[bin - 1] as number) : Math.min(0, upper);
  return lower + inside * (upper - lower);
}
