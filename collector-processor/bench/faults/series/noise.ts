import type { Draws } from '../random-draws.ts';

/** What is random about a series: one number a minute, mean 0 and standard deviation 1 unless its tails are heavy. */
export type Noise = () => number;

export const white = (draws: Draws): Noise => draws.normal;

/** Remembers: what is high now is probably high in a minute. */
export function remembering(draws: Draws, memory: number): Noise {
  const fresh = Math.sqrt(1 - memory ** 2);
  let state = draws.normal();
  return () => (state = memory * state + fresh * draws.normal());
}

/** Student's t with three degrees of freedom, scaled so that half of it lies as near to 0 as with normal noise. */
export function heavyTailed(draws: Draws): Noise {
  return () => {
    const chi = draws.normal() ** 2 + draws.normal() ** 2 + draws.normal() ** 2;
    return (0.88 * draws.normal()) / Math.sqrt(chi / 3);
  };
}
