/**
 * Labelled faults and quiet days over the product's own path, from OTLP bytes to findings, with its shipped settings and a
 * simulated clock; usual rules over metrics see the same:
 *
 *   npm run bench:faults -- [--short] [--seed 1] [--only metrics|requests|lines|quiet …] [--data DIR …] [--examples]
 *
 * --short is a small run for a first look. --data adds the stretches without faults of recorded series: a folder of tables
 * `timestamp,value,label` (CSV or gzip CSV), or one laid out as NAB's; they are told apart. --examples names each false
 * finding and each missed fault. The last line is one JSON object.
 *
 * What counts as found stands in faults/judge.ts; what is wrong and how much in faults/metrics/fault-kinds.ts,
 * faults/metrics/service-kinds.ts, faults/requests/ailment-kinds.ts, faults/lines/fault-kinds.ts and faults/lines/request-plan.ts.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { judge } from './faults/judge.ts';
import { planFaults, planQuiet } from './faults/metrics/plan.ts';
import { bySource, countFalse, per1000 } from './faults/quiet.ts';
import { readRecorded } from './faults/recorded/quiet-series.ts';
import { watchRecorded } from './faults/recorded/run.ts';
import { falseLines, kindTable, missedLines, quietLine, rivalLines } from './faults/report.ts';
import { chosenBorders, compareRivals, mean } from './faults/rivals/compare.ts';
import { type Told, watchFleet, watchShops, watchWriters } from './faults/stretches.ts';

const { values: given } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    examples: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: ['metrics', 'requests', 'lines', 'quiet'] },
    data: { type: 'string', multiple: true, default: [] },
  },
});
const seed = Number(given.seed);
const size = given.short
  ? {
      servicesPerKind: 2,
      warmDays: 3,
      services: 8,
      days: 5,
      shopsPerKind: 1,
      writersPerKind: 1,
      warmHours: 6,
      faultsEach: 3,
    }
  : {
      servicesPerKind: 16,
      warmDays: 8,
      services: 84,
      days: 14,
      shopsPerKind: 3,
      writersPerKind: 3,
      warmHours: 24,
      faultsEach: 6,
    };
const say = (lines: readonly string[]): void => lines.forEach((line) => console.log(line));
const round = (value: number): number => Number(value.toFixed(3));

const watched: Record<string, () => Told> = {
  metrics: () => watchFleet(planFaults({ ...size, seed })),
  requests: () => watchShops({ ...size, seed: seed + 10 }),
  lines: () => watchWriters({ ...size, seed: seed + 20 }),
};
const stretches = Object.entries(watched).flatMap(([name, watch]) => (given.only.includes(name) ? [watch()] : []));
const kinds = stretches.flatMap(({ labelled, sightings }) => {
  const notice = judge(labelled, sightings, 'notice');
  say(kindTable(notice, judge(labelled, sightings, 'page')));
  if (given.examples) say([...missedLines(notice.missed), ...falseLines(notice.falseOnes)]);
  return notice.kinds;
});

const quietSize = given.only.includes('quiet') ? size : { services: 1, days: 1 };
const quietTold = watchFleet(planQuiet({ ...quietSize, seriesEach: 8, seed: seed + 1 }));
const quiet = countFalse(quietTold.sightings, quietTold.seriesDays);
console.log(quietLine('quiet', quiet));
say(bySource(quietTold.sightings).map(([source, count]) => `  ${count} on ${source}`));
if (given.examples) say(falseLines(quietTold.sightings));

const rivals = chosenBorders(compareRivals(stretches, quietTold), quiet);
say(rivalLines(rivals));

const recorded = given.data.map((directory) => {
  const { product, rivals: others, sightings } = watchRecorded(readRecorded(directory));
  console.log(quietLine(`recorded in ${basename(directory)}`, product));
  for (const [name, quiet] of Object.entries(others)) console.log(quietLine(`  ${name}`, quiet));
  if (given.examples) say(falseLines(sightings));
  const rates = Object.entries(others).map(([name, { notices }]) => [name, per1000({ ...product, notices }).notice]);
  const told = { notice: per1000(product).notice, page: per1000(product).page };
  return {
    data: basename(directory),
    ...told,
    series_days: round(product.seriesDays),
    rivals: Object.fromEntries(rates) as unknown,
  };
});

console.log(
  JSON.stringify({
    kinds: kinds.map(({ kind, f1, delaySteps, recall, curve }) => {
      return { kind, f1: round(f1), delay_steps: delaySteps ?? null, recall: round(recall), curve };
    }),
    mean_f1: round(mean(kinds.map(({ f1 }) => f1))),
    false_per_1000_series_days: { ...per1000(quiet), series_days: Math.round(quiet.seriesDays) },
    recorded,
    rivals: Object.fromEntries(rivals.map(({ name, usual, asQuiet }) => [name, { usual, as_quiet: asQuiet }])),
  }),
);
