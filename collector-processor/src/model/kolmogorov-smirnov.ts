/** Two samples compared by their distributions. */
export interface SampleComparison {
  /** Greatest distance of the two distribution functions, 0 to 1. */
  readonly statistic: number;
  /** Chance of a distance at least as great between two samples of one distribution. */
  readonly pValue: number;
}

const TERMS = 100;

/**
 * Two-sample Kolmogorov-Smirnov test, with the asymptotic distribution and Stephens' correction for small samples (Numerical
 * Recipes, 14.3). NaN without values on one side. O(n log n).
 */
export function compareSamples(one: readonly number[], other: readonly number[]): SampleComparison {
  if (one.length === 0 || other.length === 0) return { statistic: NaN, pValue: NaN };
  const [left, right] = [Float64Array.from(one).sort(), Float64Array.from(other).sort()];
  let [i, j, statistic] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i] as number, right[j] as number);
    while (left[i] === value) i++;
    while (right[j] === value) j++;
    statistic = Math.max(statistic, Math.abs(i / left.length - j / right.length));
  }
  const root = Math.sqrt((left.length * right.length) / (left.length + right.length));
  return { statistic, pValue: tailOf((root + 0.12 + 0.11 / root) * statistic) };
}

function tailOf(lambda: number): number {
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let term = 1; term <= TERMS; term++) sum += (term % 2 === 1 ? 2 : -2) * Math.exp(-2 * (lambda * term) ** 2);
  return Math.min(1, Math.max(0, sum));
}
