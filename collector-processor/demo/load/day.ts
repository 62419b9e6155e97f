/** One day of the shop, compressed. Gentle, as a working day is: the busiest minute has half as much again as the quietest. */
export const DAY_MS = 300_000;
const SWING = 0.2;

/** Factor on the mean load at a time of day: lowest at the start, highest in the middle. */
export function loadFactor(elapsedMs: number): number {
  return 1 - SWING * Math.cos((2 * Math.PI * elapsedMs) / DAY_MS);
}
