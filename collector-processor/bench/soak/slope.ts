/** Points of one stretch of a run: x in hours. */
export type Stretch = readonly { readonly x: number; readonly y: number }[];

export interface Slope {
  /** Units of y an hour; NaN with too few points. */
  readonly perHour: number;
  readonly error: number;
  /** 95 % confidence interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * Least squares with one slope and a level of its own for each stretch, so that a step between two of them is no slope. The
 * standard error is that of independent residuals times √((1 + r) / (1 − r)), with r their correlation from one point to the
 * next (Bartlett 1935, AR(1)): samples of memory follow one another and hold less than their number says. r is taken as
 * at least 0, and at most 0.9.
 */
export function slopeOf(stretches: readonly Stretch[]): Slope {
  const centred = stretches.filter(({ length }) => length > 1).map(centre);
  const points = centred.flat();
  const freedom = points.length - centred.length - 1;
  const spread = sum(points.map(({ x }) => x * x));
  if (freedom < 1 || spread === 0) return { perHour: NaN, error: NaN, low: NaN, high: NaN };
  const perHour = sum(points.map(({ x, y }) => x * y)) / spread;
  const residuals = centred.map((stretch) => stretch.map(({ x, y }) => y - perHour * x));
  const variance = sum(residuals.flat().map((each) => each * each)) / freedom;
  const r = Math.min(0.9, Math.max(0, neighbours(residuals)));
  const error = Math.sqrt((variance / spread) * ((1 + r) / (1 - r)));
  const reach = studentQuantile(freedom) * error;
  return { perHour, error, low: perHour - reach, high: perHour + reach };
}

function centre(stretch: Stretch): Stretch {
  const [x, y] = [mean(stretch.map((point) => point.x)), mean(stretch.map((point) => point.y))];
  return stretch.map((point) => ({ x: point.x - x, y: point.y - y }));
}

function neighbours(residuals: readonly (readonly number[])[]): number {
  const all = sum(residuals.flat().map((each) => each * each));
  const pairs = residuals.flatMap((stretch) => stretch.slice(1).map((each, i) => each * (stretch[i] ?? 0)));
  return all === 0 ? 0 : sum(pairs) / all;
}

/** 97.5 % of Student's t, by its expansion around the normal quantile (Abramowitz and Stegun 26.7.5); 1 % off at three degrees. */
function studentQuantile(freedom: number): number {
  const z = 1.959964;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return sum(terms.map((term, power) => term / freedom ** power));
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
