import type { FindingCounts } from '../../model/tuning.ts';
import { aloneIn, isLasting, Onset, pushStep } from '../onset.ts';

const QUIET = 0.5;
const QUIET_STEPS = 3;
/** After so many nothing is left of what was before. */
const MAX_GAP_STEPS = 240;

/** Between two that have a score nothing was odd. */
export interface TimedScore {
  readonly timeMs: number;
  readonly score: number;
}

/** How many findings a row of scores makes, by the rules of findings: onset, page border, quiet steps. */
export function countFindings(steps: readonly TimedScore[], stepMs: number, pageScore: number): FindingCounts {
  const onset = new Onset(1);
  // How far the steps went is not stored.
  const alone = aloneIn(stepMs);
  let notices = 0;
  let pages = 0;
  let isOpen = false;
  let isPage = false;
  let quiet = 0;
  let bits = 0;
  for (const score of withGaps(steps, stepMs)) {
    const starts = onset.take(0, score, alone) >= 0;
    if (!isOpen && starts) {
      notices++;
      isOpen = true;
      isPage = false;
      quiet = 0;
      bits = 0;
    }
    if (!isOpen) continue;
    bits = pushStep(bits, score >= pageScore);
    if (!isPage && isLasting(bits)) {
      isPage = true;
      pages++;
    }
    quiet = score >= QUIET ? 0 : quiet + 1;
    isOpen = quiet < QUIET_STEPS;
  }
  return { notices, pages };
}

function* withGaps(steps: readonly TimedScore[], stepMs: number): Generator<number> {
  let lastMs = Infinity;
  for (const { timeMs, score } of steps) {
    const missing = Math.min(MAX_GAP_STEPS, Math.round((timeMs - lastMs) / stepMs) - 1);
    for (let i = 0; i < missing; i++) yield 0;
    yield score;
    lastMs = timeMs;
  }
}
