/**
 * How well kinds of log lines are told apart, by LogHub's labels, and how fast:
 *
 *   npm run bench:logs -- --data DIR [--wrong] [--words 0.1] [--seed 1]
 *
 * DIR holds `<set>/<set>_….log_structured.csv`. `--wrong` lists templates that mix kinds or share one; `--words` turns a
 * share of the words with digits into made-up words without (the same word each time), which nothing but merging can tell;
 * `--seed` shuffles the lines. Prints a table, and as the last line one JSON object:
 * {"sets":[{"set","lines","kinds","grouping_accuracy","f1_templates","grouping_accuracy_at_arrival","f1_templates_at_arrival"}],
 *  "grouping_accuracy","f1_templates","grouping_accuracy_at_arrival","lines_per_second",
 *  "floods":[{"flood","lines_per_second","p999_us","max_us","templates"}]}: the longest pauses one line makes.
 */
import { parseArgs } from 'node:util';
import { measureFloods } from './logs/floods.ts';
import { readLogSets } from './logs/log-sets.ts';
import { measureSpeed, mineSet } from './logs/mining.ts';
import { shuffled, withMadeUpWords } from './logs/variants.ts';
import { listWrong } from './logs/wrong.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    wrong: { type: 'boolean', default: false },
    words: { type: 'string', default: '0' },
    seed: { type: 'string', default: '0' },
  },
});
if (values.data === undefined) throw new Error('--data DIR is missing');
const read = readLogSets(values.data);
if (read.length === 0) throw new Error(`${values.data} holds no …_structured.csv`);
const seed = Number(values.seed);
const sets = read
  .map((set) => withMadeUpWords(set, Number(values.words)))
  .map((set) => (seed === 0 ? set : shuffled(set, seed)));

const mined = sets.map(mineSet);
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const rows = mined.map(({ set, lines, kinds, afterMerges, atArrival }) => ({
  ...{ set, lines, kinds, grouping_accuracy: rounded(afterMerges.accuracy), f1_templates: rounded(afterMerges.f1) },
  grouping_accuracy_at_arrival: rounded(atArrival.accuracy),
  f1_templates_at_arrival: rounded(atArrival.f1),
}));
console.table(rows);
if (values.wrong)
  for (const [index, one] of mined.entries()) for (const line of listWrong(one, sets[index])) console.log(line);

const mean = (pick: (row: (typeof rows)[number]) => number): number =>
  rounded(rows.reduce((sum, row) => sum + pick(row), 0) / rows.length);
const pauses = measureFloods();
const speed = Math.round(measureSpeed(sets));
console.table(pauses);
console.log(
  JSON.stringify({
    sets: rows,
    grouping_accuracy: mean((row) => row.grouping_accuracy),
    f1_templates: mean((row) => row.f1_templates),
    grouping_accuracy_at_arrival: mean((row) => row.grouping_accuracy_at_arrival),
    f1_templates_at_arrival: mean((row) => row.f1_templates_at_arrival),
    lines_per_second: speed,
    floods: pauses,
  }),
);
