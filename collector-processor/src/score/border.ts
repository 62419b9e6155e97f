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
