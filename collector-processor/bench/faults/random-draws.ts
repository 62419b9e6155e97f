import { createRandom as createSource, type Random as Source } from '../../src/score/testing/random.ts';

/** Draws for generated telemetry; the same seed gives the same ones. */
export interface Draws extends Source {
  between(low: number, high: number): number;
  /** Evenly over the orders of magnitude. */
  logBetween(low: number, high: number): number;
  /** 0 to `below` - 1. */
  below(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Counts whose variance is mean + mean² / shape: as people and batches arrive, not as atoms decay. */
  overdispersed(mean: number, shape: number): number;
  /** An independent source. */
  fork(): Draws;
}

export function createDraws(seed: number): Draws {
  const source = createSource(seed);
  const below = (limit: number): number => Math.floor(source.uniform() * limit);
  return {
    ...source,
    between: (low, high) => low + (high - low) * source.uniform(),
    logBetween: (low, high) => low * (high / low) ** source.uniform(),
    below,
    pick: (items) => items[below(items.length)]!,
    overdispersed: (mean, shape) => source.poisson(mean * gamma(source, shape)),
    fork: () => createDraws(below(2 ** 31)),
  };
}

/** Mean 1, variance 1 / shape, for shapes from 1 on (Marsaglia and Tsang 2000). */
function gamma({ normal, uniform }: Source, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape;
  }
}
