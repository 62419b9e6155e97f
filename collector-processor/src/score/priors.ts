/**
 * Survival functions that stand for a series nobody knows yet: the chance that a quiet step gives a raw score of at
 * least `score`. They never rise.
 */

/** Coefficients of x^4, x^5, … in (1 - x)^(-1/2); the first four terms are what the closed form below subtracts. */
const TAIL_COEFFICIENTS = [0.2734375, 0.24609375, 0.2255859375, 0.20947265625, 0.196380615234375, 0.1854705810546875];

/**
 * Two-sided Student t with 8 degrees of freedom: for scores in units of a scale that was estimated from some 30 values.
 * Closed form for an even number of degrees; beyond 8.5 scales its series, since the closed form would cancel.
 */
export function studentPrior(score: number): number {
  const square = score * score;
  const x = 8 / (8 + square);
  const sine = Math.sqrt(square / (8 + square));
  if (x > 0.1) return 1 - sine * (1 + x * (0.5 + x * (0.375 + x * 0.3125)));
  let sum = 0;
  for (let k = TAIL_COEFFICIENTS.length - 1; k >= 0; k--) sum = sum * x + (TAIL_COEFFICIENTS[k] as number);
  return sine * x ** 4 * sum;
}

/** Scores that are a surprise already. */
export function plainPrior(score: number): number {
  return 10 ** -score;
}

/** Scores that are a surprise if events were independent, while in truth they come in clusters. */
export function clusteredPrior(score: number): number {
  return 10 ** (-score / 1.5);
}
