/** Length of the series' rhythm in points, as TSB-AD takes it for the longest softening. */
const LOOKED_AT = 20_000;
const LAGS = 400;
const FIRST_LAG = 3;
const LONGEST = 300;
const WITHOUT = 125;

/** Lag of the highest peak of the autocorrelation; 125 where none is between 6 and 303 points. */
export function periodOf(values: ArrayLike<number>): number {
  const length = Math.min(LOOKED_AT, values.length);
  const centred = Float64Array.from({ length }, (_unused, row) => values[row] as number);
  const mean = centred.reduce((sum, value) => sum + value, 0) / length;
  centred.forEach((value, row) => (centred[row] = value - mean));
  const shared = Float64Array.from({ length: LAGS + 1 - FIRST_LAG }, (_unused, at) => product(centred, at + FIRST_LAG));
  let best = -1;
  for (let at = 1; at + 1 < shared.length; at++) {
    const here = shared[at] as number;
    const isPeak = here > (shared[at - 1] as number) && here > (shared[at + 1] as number);
    if (isPeak && (best < 0 || here > (shared[best] as number))) best = at;
  }
  return best < 3 || best > LONGEST ? WITHOUT : best + FIRST_LAG;
}

function product(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let row = lag; row < values.length; row++) sum += (values[row] as number) * (values[row - lag] as number);
  return sum;
}
