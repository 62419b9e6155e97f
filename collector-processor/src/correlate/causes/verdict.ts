import type { Reason, ScoredChange } from './change-score.ts';
import type { Pattern } from './operational.ts';

/** Which change it was, if any, and how sure that is. */
export interface Verdict {
  /** The change that explains it best; `none` when something operational does, or nothing known. */
  readonly change: ScoredChange | 'none';
  readonly confidence: 'high' | 'low' | 'undecided';
}

/** What a change must reach to be named at all. */
const NONE = 5;
const FURTHER = 0.5;
/** That much less where only place and time are known: what a change touched would have counted too. */
const UNKNOWN = 1;
/** A sure answer is ahead of the next by this much. */
const AHEAD = 2;
const TELLING_TIME = 1.2;
const TELLING = 1;

/**
 * The greatest of the changes and of `none`, which grows with the operational patterns. Sure only when it is clearly ahead,
 * and for a change only when no pattern speaks against it, it came just before, and what it touched fits what is odd.
 */
export function verdictOf(changes: readonly ScoredChange[], patterns: readonly Pattern[], isOdd: boolean): Verdict {
  const [best, second] = changes;
  const none = weightOfNone(patterns);
  if (best === undefined || best.score <= none - unknownOf(best)) {
    const isSure = isOdd && patterns.length > 0 && none - (best?.score ?? 0) >= AHEAD;
    return { change: 'none', confidence: isSure ? 'high' : 'undecided' };
  }
  if (!isOdd) return { change: best, confidence: 'undecided' };
  const ahead = best.score - Math.max(none, second?.score ?? 0);
  return { change: best, confidence: isTelling(best, ahead, patterns) ? 'high' : 'low' };
}

function weightOfNone(patterns: readonly Pattern[]): number {
  const strongest = Math.max(0, ...patterns.map(({ weight }) => weight));
  return NONE + strongest + FURTHER * Math.max(0, patterns.length - 1);
}

function unknownOf({ change }: ScoredChange): number {
  return change.diff === '' && change.files.length === 0 ? UNKNOWN : 0;
}

function isTelling({ reasons }: ScoredChange, ahead: number, patterns: readonly Pattern[]): boolean {
  const weightOf = (...kinds: readonly Reason['kind'][]): number =>
    Math.max(0, ...reasons.filter(({ kind }) => kinds.includes(kind)).map(({ weight }) => weight));
  if (ahead < AHEAD || patterns.length > 0) return false;
  return weightOf('time') >= TELLING_TIME && weightOf('diff', 'words') >= TELLING;
}
