/** Steps of this length and shorter ones have the border as it is set; from the longer one on it falls no more. */
const SHORT_MS = 10_000;
const LONG_MS = 300_000;
/** How far the border falls, in decades, for a step ten times longer; not a whole one, as chance comes in clusters. */
const RELIEF = 0.68;

/**
 * The surprise that is score 1. Chance has as many tries a day as there are steps, so what is rare enough to be told is
 * a matter of time: longer steps may be less rare for as many false findings a day.
 */
export function borderOf(noticeSurprise: number, stepMs: number): number {
  const length = Math.min(LONG_MS, Math.max(SHORT_MS, stepMs));
  return Math.max(0.5 * noticeSurprise, noticeSurprise - RELIEF * Math.log10(length / SHORT_MS));
}

/** From steps of this length on rarity is asked by the tries of chance. */
const TRIED_MS = 60_000;

/** What is as rare as the border happens to a quiet series once in this time. */
const ONCE_IN_MS = 10 * 86_400_000;
/** Rarer than one in ten it has to be, however few tries there are. */
const LEAST_RARITY = 1;

/** What rarity is worth beside the word of detectors that is score 1 as shipped. */
const EVEN = 2.5;

/**
 * What a rarity on this very series is worth on the scale on which detectors speak: as much as the border where it is -log10
 * of one in all tries that chance has in ten days. A try is a stretch of so many steps (see stretches.ts). In shorter steps than a
 * minute, of which two make a finding, a rarity counts as it is.
 */
export function worthOfRarity(rarity: number, stepMs: number, stretch: number): number {
  if (stepMs < TRIED_MS) return rarity;
  const due = Math.max(LEAST_RARITY, Math.log10(ONCE_IN_MS / (stepMs * stretch)));
  return (rarity / due) * borderOf(EVEN, stepMs);
}
