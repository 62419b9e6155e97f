const DAY_MS = 86_400_000;
/** The notice border is set so that chance starts a finding on one series once in so many days (docs/measurements.md). */
const DAYS_TO_CHANCE = 30;

/** Chance of an onset of this strength (1: the notice border) in a step of this length, where nothing is the matter. */
export function chanceOfOnset(strength: number, stepMs: number): number {
  return (stepMs / (DAYS_TO_CHANCE * DAY_MS)) ** strength;
}

/**
 * Benjamini and Hochberg: which of the chances are real among `tried`, so that `rate` false ones are expected a look at
 * most. Many at once need less each than one alone.
 */
export function discoveries(chances: readonly number[], tried: number, rate: number): boolean[] {
  const ranked = [...chances].sort((a, b) => a - b);
  let limit = -1;
  ranked.forEach((chance, i) => {
    if (chance <= ((i + 1) * rate) / Math.max(tried, chances.length)) limit = chance;
  });
  return chances.map((chance) => chance <= limit);
}
