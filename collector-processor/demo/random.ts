/** Uniform in [0, 1). */
export type Random = () => number;

/** The same seed gives the same numbers (mulberry32: 32 bits of state, ample for a demo). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed of its own for each part, drawn from the seed of the whole (FNV-1a over the name). */
export function seedFor(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/** Standard normal (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How long real work takes: a bell on a logarithmic scale, with its tail to the right. */
export function logNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * normal(random));
}

/** Time to the next arrival of a Poisson stream. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random());
}

/** Whole number in [low, high]. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** Upper-case letters and digits, as order numbers and authorisation codes have. */
export function code(random: Random, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 36).toString(36))
    .join('')
    .toUpperCase();
}
