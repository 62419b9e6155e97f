/**
 * Volume under the range-based precision-recall surface, over the product's own scoring path with its shipped settings:
 *
 *   npm run bench:vus -- --data DIR [--files]
 *
 * DIR holds tables `timestamp,value,label`, CSV or gzip CSV. The published score of every point is judged, as it stood when
 * the point arrived. The last line is one JSON object; alarms are findings at the shipped notice border, by the time that the
 * series last.
 */
import { parseArgs } from 'node:util';
import { runSeries } from './nab/run-series.ts';
import { readLabelled } from './vus/corpus.ts';
import { periodOf } from './vus/period.ts';
import { volumeUnderSurface } from './vus/volume.ts';

const DAY_MS = 86_400_000;
const { values: given } = parseArgs({
  options: { data: { type: 'string' }, files: { type: 'boolean', default: false } },
});
if (given.data === undefined) throw new Error('usage: npm run bench:vus -- --data DIR [--files]');

const round = (value: number): number => Number(value.toFixed(4));
const mean = (numbers: readonly number[]): number => {
  return numbers.length === 0 ? 0 : round(numbers.reduce((sum, number) => sum + number, 0) / numbers.length);
};
const results = readLabelled(given.data).flatMap(({ name, timesMs, values, labels }) => {
  const { scores, opened, paged } = runSeries(timesMs, values);
  const volume = volumeUnderSurface(scores, labels, periodOf(values));
  const days = ((timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0)) / DAY_MS;
  if (volume === undefined) return [];
  if (given.files)
    console.log(`${name}: PR ${round(volume.pr)}, ROC ${round(volume.roc)}, ${opened} in ${round(days)} d`);
  return [{ ...volume, opened, paged, days }];
});
const days = results.reduce((sum, result) => sum + result.days, 0);
console.log(
  JSON.stringify({
    files: results.length,
    vus_pr: mean(results.map(({ pr }) => pr)),
    vus_roc: mean(results.map(({ roc }) => roc)),
    alarms_per_series_day: round(results.reduce((sum, { opened }) => sum + opened, 0) / days),
    pages_per_series_day: round(results.reduce((sum, { paged }) => sum + paged, 0) / days),
  }),
);
