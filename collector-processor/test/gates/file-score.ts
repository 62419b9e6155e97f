import type { ScoreOptions } from '../../src/score/options.ts';

/** How detection did on one file (a recorded series, an incident, a generated service): 0 is as good as silence, 100 perfect, below 0 worse than silence. */
export interface FileScore {
  readonly file: string;
  readonly score: number;
}

/** Scores the files of one group with the shipped settings and these changes. */
export type ScoreFiles = (changes?: Partial<ScoreOptions>) => FileScore[];

/** One file cannot outweigh all others. */
export function fileScore(file: string, score: number): FileScore {
  return { file, score: Number(Math.max(-100, Math.min(100, score)).toFixed(2)) };
}
