import { join } from 'node:path';
import { readCorpus } from '../../bench/nab/corpus.ts';
import { runSeries } from '../../bench/nab/run-series.ts';
import { profiles, scoreAt } from '../../bench/nab/scoring.ts';
import { fileScore, type ScoreFiles } from './file-score.ts';

const NOTICE = 1;
/** What a false row costs where there is no window to be found; about what it costs in a file with two. */
const COST = 5;

/** Series of NAB, one a file, by its standard profile at the shipped notice border. */
export const scoreNab: ScoreFiles = (changes = {}) =>
  readCorpus(join(import.meta.dirname, 'data', 'nab')).map(({ name, timesMs, values, windows }) => {
    const run = runSeries(timesMs, values, changes);
    const { score, falseRows } = scoreAt([{ windows, scores: run.strengths }], profiles[0]!, NOTICE);
    return fileScore(name, windows.length === 0 ? -COST * falseRows : score);
  });
