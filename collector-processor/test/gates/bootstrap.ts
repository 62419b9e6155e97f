import { createRandom } from '../../src/score/testing/random.ts';
import type { FileScore } from './file-score.ts';

/** `lower` and `upper` hold the mean difference with a chance of nine in ten. */
export interface Comparison {
  readonly verdict: 'worse' | 'same' | 'better';
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** Files whose score changed, the largest loss first. */
  readonly changed: readonly { readonly file: string; readonly from: number; readonly to: number }[];
}

const RESAMPLES = 4000;
const TAIL = 0.05;

/**
 * Paired bootstrap of the mean difference by file (Efron and Tibshirani 1993): files are drawn again with replacement, each
 * with its own difference, so that it counts how many files became worse and not only by how much. Files without a counterpart
 * are an error: the baseline has to be drawn anew.
 */
export function compare(before: readonly FileScore[], now: readonly FileScore[], seed = 1): Comparison {
  const known = new Map(before.map(({ file, score }) => [file, score]));
  if (known.size !== now.length) throw new Error('the baseline is of other files: update it');
  const changed = now.flatMap(({ file, score: to }) => {
    const from = known.get(file);
    if (from === undefined) throw new Error(`${file} is not in the baseline: update it`);
    return from === to ? [] : [{ file, from, to }];
  });
  // All others differ by zero.
  const differences = now.map((_file, index) =>
    changed[index] === undefined ? 0 : changed[index].to - changed[index].from,
  );
  const random = createRandom(seed);
  const draw = (): number => differences[Math.floor(random.uniform() * differences.length)] ?? 0;
  const means = Float64Array.from({ length: RESAMPLES }, () => meanOf(Array.from(differences, draw))).sort();
  const lower = means[Math.floor(TAIL * RESAMPLES)] ?? 0;
  const upper = means[Math.floor((1 - TAIL) * RESAMPLES)] ?? 0;
  return {
    verdict: upper < 0 ? 'worse' : lower > 0 ? 'better' : 'same',
    ...{ mean: meanOf(differences), lower, upper },
    changed: changed.toSorted((a, b) => a.to - a.from - (b.to - b.from)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
