/**
 * `node tools/run.mjs collector-processor/bench/slo.ts`: burn-rate alerts on generated services, beside the shapes of Sloth's and Pyrra's rules. First the generated
 * rules of all three run in promtool and are held against a simulation that counts events; then the simulation alone judges many
 * services. Ends with one JSON object. `--streams N` of each kind (40), `--seed N`, `--no-rules` leaves promtool out.
 */
import { parseArgs } from 'node:util';
import { machineOf } from './machine.ts';
import { compareWithRules } from './slo/compare.ts';
import { shapes } from './slo/shapes.ts';
import { summarise, tell } from './slo/simulate.ts';
import { DAYS, drawStream, streamKinds } from './slo/streams.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    'no-rules': { type: 'boolean', default: false },
  },
});
const streams = Number(values.streams);
const weeks = (streams * DAYS) / 7;
const compared = values['no-rules'] ? [] : compareWithRules(Number(values.seed));
for (const { name, minutes, apart, budget, unread = 0 } of compared) {
  const most = (share: number) => `${(100 * share).toFixed(2)} %`;
  const budgets =
    budget === undefined ? '' : `, budgets by ${most(budget)} at most, by ${most(unread)} where minutes were not read`;
  process.stdout.write(`${name}: of ${minutes} minutes of alerts ${apart} differ by more than two minutes${budgets}\n`);
}
const summaries = streamKinds.flatMap((kind, index) => {
  const drawn = Array.from({ length: streams }, (_, each) =>
    drawStream(kind, Number(values.seed) * 1e6 + index * 1000 + each),
  );
  return shapes.map((shape) =>
    summarise(
      kind,
      shape,
      drawn.map((stream) => tell(shape, kind, stream)),
      weeks,
    ),
  );
});
const shown = (value: number | undefined, digits = 0) =>
  (value === undefined ? '–' : value.toFixed(digits)).padStart(7);
process.stdout.write(
  `\n${'kind'.padEnd(38)}${'shape'.padEnd(10)}told %  minutes  after  false pages, tickets in 100 weeks\n`,
);
for (const { kind, shape, told, minutes, lingers, falsePages, falseTickets } of summaries) {
  const share = told === undefined ? undefined : 100 * told;
  const figures = [shown(share), shown(minutes), shown(lingers), shown(falsePages, 1), shown(falseTickets, 1)];
  process.stdout.write(`${kind.padEnd(38)}${shape.padEnd(10)}${figures.join(' ')}\n`);
}
process.stdout.write(`${JSON.stringify({ streams, days: DAYS, compared, summaries, machine: machineOf() })}\n`);
