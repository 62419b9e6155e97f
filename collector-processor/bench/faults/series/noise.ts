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

/** Now and then far above, never far below: Student's t with three degrees of freedom on one side, normal on the other. */
export function spikingUp(draws: Draws): Noise {
  return () => {
    const drawn = draws.normal();
    if (drawn <= 0) return drawn;
    const chi = draws.normal() ** 2 + draws.normal() ** 2 + draws.normal() ** 2;
    return (0.88 * drawn) / Math.sqrt(chi / 3);
  };
}
