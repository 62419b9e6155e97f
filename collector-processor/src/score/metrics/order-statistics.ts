const MAD_TO_DEVIATION = 1.4826;
/** Mean absolute deviation → standard deviation, for a normal distribution. */
export const TO_DEVIATION = 1.2533;

/** Median of a few values; NaN of none. The values are not changed. */
export function medianOf(values: Float32Array): number {
  const sorted = Float32Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * Spread as a standard deviation: from the median absolute deviation, or, where more than half of the values are equal,
 * from the mean one, so that a series that seldom moves still has a scale. 0 only if all values are equal.
 */
export function spreadAround(values: Float32Array, centre: number): number {
  const distances = values.map((value) => Math.abs(value - centre));
  const typical = MAD_TO_DEVIATION * medianOf(distances);
  if (typical > 0) return typical;
  let sum = 0;
  for (const distance of distances) sum += distance;
  return (TO_DEVIATION * sum) / distances.length;
}
