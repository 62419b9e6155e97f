/** Of the numbers in `sorted`, ascending; linearly between two of them. */
function quantileOfSorted(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(sorted.length - 1, below + 1)] as number;
  return low + (place - below) * (high - low);
}

/** NaN of nothing. */
export function quantileOf(values: Iterable<number>, share: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), share);
}

export function medianOf(values: Iterable<number>): number {
  return quantileOf(values, 0.5);
}
