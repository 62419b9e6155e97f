import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ScoreCost {
  readonly series: number;
  /** Adding one item to its bucket: hashing, finding its stream, differences. */
  readonly ns_per_item: number;
  /** Judging one closed step of one fully scored series. */
  readonly us_per_series_step: number;
  readonly fully_scored: number;
  readonly rss_mib: number;
}

/** Series offered, and a bound other than the shipped one; the series beyond it are watched by the light tier. */
const CASES: readonly (readonly number[])[] = [[1_000], [50_000], [50_000, 50_000], [1_000_000]];

const run = promisify(execFile);

/** What scoring costs, each number of series in a fresh process, one after the other. */
export async function measureScoring(): Promise<ScoreCost[]> {
  const costs: ScoreCost[] = [];
  for (const figures of CASES) {
    const script = `${import.meta.dirname}/score-cost-child.ts`;
    const { stdout } = await run(process.execPath, [script, ...figures.map(String)]);
    costs.push(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ScoreCost);
  }
  return costs;
}
