import type { CaseChange } from './cause-case.ts';
import { subwords } from './diff-class.ts';
import type { ServiceEvidence } from './evidence.ts';

const BEST = 6;
const MOST = 3;
/** A word that stands in removed and added lines alike, in the path or the message, says less. */
const WEAK = 0.3;

/** Words of a change that stand in what is newly odd as well, those seldom seen in other changes counting more. At most 3. */
export function wordsInCommon(change: CaseChange, all: readonly CaseChange[], evidence: readonly ServiceEvidence[]) {
  const odd = new Set(evidence.flatMap(({ items }) => items.flatMap((item) => subwordsOf(textOf(item)))));
  const weights = [...weightsOf(change)].filter(([word]) => odd.has(word));
  const scored = weights
    .map(([word, weight]) => ({ word, worth: weight * rarity(word, all) }))
    .sort((left, right) => right.worth - left.worth)
    .slice(0, BEST);
  const weight = Math.min(
    MOST,
    scored.reduce((sum, { worth }) => sum + worth, 0),
  );
  return { weight, words: scored.map(({ word }) => word) };
}

function weightsOf({ title, files, diff }: CaseChange): ReadonlyMap<string, number> {
  const lines = diff.split('\n');
  const [removed, added] = ['-', '+'].map(
    (sign) => new Set(lines.filter((line) => line.startsWith(sign)).flatMap(subwordsOf)),
  );
  const weights = new Map<string, number>([title, ...files].flatMap(subwordsOf).map((word) => [word, WEAK]));
  for (const word of new Set([...(removed ?? []), ...(added ?? [])])) {
    weights.set(word, removed?.has(word) === added?.has(word) ? WEAK : 1);
  }
  return weights;
}

/** From 1 for a word of this change alone to 0 for one of all changes. */
function rarity(word: string, all: readonly CaseChange[]): number {
  if (all.length < 2) return 1;
  const holders = all.filter((one) => weightsOf(one).has(word)).length;
  return Math.log(all.length / Math.max(1, holders)) / Math.log(all.length);
}

function subwordsOf(text: string): readonly string[] {
  return (text.match(/[A-Za-z_]\w*/g) ?? []).flatMap(subwords);
}

function textOf(item: ServiceEvidence['items'][number]): string {
  return item.kind === 'log' ? item.log.text : item.series.name;
}
