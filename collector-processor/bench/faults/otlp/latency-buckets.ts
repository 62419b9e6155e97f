/** OpenTelemetry's advice for durations in seconds. */
export const latencyBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;

/** Spread of a single request's latency around the median, as the standard deviation of its logarithm. */
export const REQUEST_SPREAD = 0.5;

/** Expected share of each bucket when latencies are log-normal around this median. */
export function sharesAround(median: number, shares: Float64Array): void {
  let below = 0;
  for (let i = 0; i < latencyBounds.length; i++) {
    const upTo = normalShare(Math.log((latencyBounds[i] as number) / median) / REQUEST_SPREAD);
    shares[i] = upTo - below;
    below = upTo;
  }
  shares[latencyBounds.length] = 1 - below;
}

/** Share of a normal distribution below z, to 1e-7 (Abramowitz and Stegun 26.2.17). */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const beyond = 0.3989422804014327 * Math.exp((-z * z) / 2) * series;
  return z > 0 ? 1 - beyond : beyond;
}
