/**
 * Numenta Anomaly Benchmark over the product's own scoring path with its shipped settings:
 *
 *   npm run bench:nab -- --data DIR [--files] [--guard]
 *
 * DIR holds `data/<folder>/<file>.csv` and `labels/combined_windows.json`, any subset of the corpus. With --files one line
 * a file says what was found there. With --guard the shipped scores are also told without each folder and for corpora that
 * were changed a little (see variants.ts). The last line is one JSON object: the scores at the best threshold for each profile,
 * and under `shipped` those of the findings that the shipped notice border opens.
 */
import { parseArgs } from 'node:util';
import { detectors } from '../src/score/registry.ts';
import { SeriesStore } from '../src/score/state/series-store.ts';
import { testOptions } from '../src/score/testing/test-options.ts';
import { type NabFile, readCorpus } from './nab/corpus.ts';
import { runSeries } from './nab/run-series.ts';
import { type Profile, profiles, scoreAt, scoreAtBest } from './nab/scoring.ts';
import { variants, withoutEachFolder } from './nab/variants.ts';

const NOTICE = 1;

function runFile({ name, timesMs, values, windows }: NabFile) {
  const run = runSeries(timesMs, values);
  return { name, windows, ...run, scores: run.strengths };
}

const flags = { files: { type: 'boolean', default: false }, guard: { type: 'boolean', default: false } } as const;
const { values: given } = parseArgs({
  options: { data: { type: 'string' }, ...flags },
});
if (given.data === undefined) throw new Error('usage: npm run bench:nab -- --data DIR [--files] [--guard]');

const corpus = readCorpus(given.data);
const started = process.cpuUsage();
const runs = corpus.map(runFile);
const { user, system } = process.cpuUsage(started);
const points = corpus.reduce((sum, { values }) => sum + values.length, 0);
const [standard] = profiles as [Profile];

if (given.files) {
  for (const run of runs) {
    const { hits, falseRows, score } = scoreAt([run], standard, NOTICE);
    console.log(
      `${run.name}: ${hits} of ${run.windows.length}, ${falseRows} false, ${run.paged} paged, ${score.toFixed(1)}`,
    );
  }
}

const round = (value: number): number => Number(value.toFixed(4));
const byProfile = (score: (profile: Profile) => number): Record<string, number> =>
  Object.fromEntries(profiles.map((profile) => [profile.name, round(score(profile))]));
const best = byProfile((profile) => scoreAtBest(runs, profile).score);
const shipped = byProfile((profile) => scoreAt(runs, profile, NOTICE).score);
if (given.guard) {
  const tell = (name: string, files: readonly ReturnType<typeof runFile>[]): void =>
    console.log(`${name}: ${profiles.map((profile) => scoreAt(files, profile, NOTICE).score.toFixed(1)).join(' / ')}`);
  for (const [folder, files] of withoutEachFolder(runs)) tell(`without ${folder}`, files);
  for (const { name, change } of variants) tell(name, corpus.map(change).map(runFile));
}
const { threshold, hits, falseRows } = scoreAtBest(runs, standard);
const atNotice = scoreAt(runs, standard, NOTICE);
const bytes = new SeriesStore(detectors, testOptions()).parts.reduce((sum, { state }) => sum + state.bytesPerSeries, 0);
console.log(
  JSON.stringify({
    files: runs.length,
    ...best,
    threshold: round(threshold),
    shipped: { ...shipped, hits: atNotice.hits, false_points: atNotice.falseRows },
    ...{ hits, windows: corpus.reduce((sum, { windows }) => sum + windows.length, 0), false_points: falseRows },
    us_per_point: round((user + system) / points),
    bytes_per_series: bytes,
  }),
);
