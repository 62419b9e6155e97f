import { createRandom } from '../../src/score/testing/random.ts';
import type { LogSet } from './log-sets.ts';

const LETTERS = 'aioubfgklmnprst';

/** The set with a share of its words that have a digit made words without one, each the same wherever it comes. */
export function withMadeUpWords(set: LogSet, share: number): LogSet {
  if (share === 0) return set;
  const random = createRandom(7);
  const made = new Map<string, string>();
  function madeUp(word: string): string {
    const known = made.get(word);
    if (known !== undefined) return known;
    const letter = (): string => LETTERS[Math.floor(random.uniform() * LETTERS.length)] as string;
    const other = random.uniform() < share ? Array.from({ length: 7 }, letter).join('') : word;
    made.set(word, other);
    return other;
  }
  const lines = set.lines.map((line) => {
    const text = Buffer.from(line).toString();
    return Buffer.from(text.replace(/[\w./:-]*\d[\w./:-]*/g, madeUp));
  });
  return { ...set, lines };
}

/** The same lines in another order. */
export function shuffled({ name, lines, kinds }: LogSet, seed: number): LogSet {
  const random = createRandom(seed);
  const order = [...lines.keys()].map((line) => ({ line, rank: random.uniform() })).sort((a, b) => a.rank - b.rank);
  return {
    name,
    lines: order.map(({ line }) => lines[line] as Uint8Array),
    kinds: order.map(({ line }) => kinds[line] as string),
  };
}
