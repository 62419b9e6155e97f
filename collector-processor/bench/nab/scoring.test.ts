import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCorpus, readScores } from './corpus.ts';
import { probation, type Profile, profiles, scoreAt, scoreAtBest, type ScoredFile } from './scoring.ts';

const [standard, lowFp, lowFn] = profiles as [Profile, Profile, Profile];

/** 100 rows, a window of ten from row 50 on, alarms where asked. */
function file(...alarms: number[]): ScoredFile {
  const scores = new Float64Array(100);
  for (const row of alarms) scores[row] = 1;
  return { scores, windows: [[50, 59]] };
}

describe('one window', () => {
  test('hit in its first row is perfect, missed is zero', () => {
    expect(scoreAt([file(50)], standard, 1).score).toBeCloseTo(100, 10);
    expect(scoreAt([file()], standard, 1).score).toBe(0);
  });

  test('hit late is worth less, and only the earliest hit counts', () => {
    const late = scoreAt([file(59)], standard, 1);
    expect(late.score).toBeCloseTo(50 * (1 + (2 / (1 + Math.exp(-0.5)) - 1) / (2 / (1 + Math.exp(-5)) - 1)), 10);
    expect(scoreAt([file(52, 59)], standard, 1)).toEqual(scoreAt([file(52)], standard, 1));
  });

  test('an alarm before it costs a whole false row, one just after it little, one long after it a whole one', () => {
    const cost = (row: number, profile = standard): number => scoreAt([file(row)], profile, 1).score;
    expect(cost(30)).toBeCloseTo(-5.5, 10);
    expect(cost(30, lowFp)).toBeCloseTo(-11, 10);
    expect(cost(30, lowFn)).toBeCloseTo(-11 / 3, 10);
    expect(cost(60)).toBeCloseTo(5.5 * (2 / (1 + Math.exp(5 / 9)) - 1), 10);
    expect(cost(99)).toBeCloseTo(-5.5, 6);
  });

  test('rows of the probation count for nothing', () => {
    expect(probation(100)).toBe(15);
    expect(probation(10_000)).toBe(750);
    expect(scoreAt([file(14, 50)], standard, 1).score).toBeCloseTo(100, 10);
    expect(scoreAt([file(15, 50)], standard, 1).score).toBeCloseTo(94.5, 10);
  });
});

describe('the best threshold', () => {
  test('is one for all files, and takes equal scores together', () => {
    const first: ScoredFile = { ...file(), scores: Float64Array.from({ length: 100 }, (_, i) => (i === 50 ? 0.9 : 0)) };
    const second: ScoredFile = {
      scores: Float64Array.from({ length: 100 }, (_, i) => (i === 40 ? 0.9 : 0)),
      windows: [],
    };
    const best = scoreAtBest([first, second], standard);
    expect(best).toMatchObject({ threshold: 0.9, hits: 1, falseRows: 1 });
    expect(best.score).toBeCloseTo(94.5, 10);
  });

  test('is infinite where silence is best', () => {
    const alike: ScoredFile = { scores: new Float64Array(100).fill(1), windows: [[50, 59]] };
    expect(scoreAtBest([alike], standard)).toEqual({ score: 0, hits: 0, falseRows: 0, threshold: Infinity });
  });
});

/**
 * Published score columns beside the visible part of the corpus (`results/<detector>/<folder>/<file>.csv`), and what they
 * score there at each profile's best threshold: hits, false rows and points for the standard profile, then the others.
 */
const directory = process.env['NAB_DATA'] ?? '';
const published = [
  ['ARTime', 54, 105, 74.193, 65.4041, 79.9705],
  ['contextOSE', 48, 54, 70.4787, 66.6559, 74.1044],
  ['windowedGaussian', 39, 237, 39.2107, 17.8148, 48.4909],
  ['null', 0, 0, 0, 0, 0],
] as const;
const there = directory !== '' && existsSync(join(directory, 'results'));

(there ? describe : describe.skip)('published results, where NAB_DATA names a folder that has them', () => {
  test.each(published)('of %s', (detector, hits, falseRows, ...scores) => {
    const scored = readCorpus(directory).map(({ name, windows }) => {
      return { windows, scores: readScores(join(directory, 'results', detector, name)) };
    });
    expect(scoreAtBest(scored, standard)).toMatchObject({ hits, falseRows });
    profiles.forEach((profile, index) => {
      expect(scoreAtBest(scored, profile).score).toBeCloseTo(scores[index] as number, 3);
    });
  });
});
