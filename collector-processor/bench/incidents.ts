/**
 * Troubles of generated towns of services, over the product's own path from OTLP bytes to incidents with ranked causes, with
 * its shipped settings and a simulated clock:
 *
 *   npm run bench:incidents -- [--short] [--seed 1] [--towns 4] [--kind "bad deploy" …] [--examples]
 *
 * --short is one town. --kind lets only these happen. --examples tells each trouble with what was made of it. What may happen,
 * and what would be right to say of it, stands in incidents/scenario.ts and knows nothing of how causes are ranked. The last
 * line is one JSON object.
 */
import { parseArgs } from 'node:util';
import { judge } from './incidents/judge.ts';
import { planOneTown } from './incidents/plan.ts';
import { exampleLines, falseLines, figures, kindTable } from './incidents/report.ts';
import { watchTown } from './incidents/run.ts';
import { kindNames } from './incidents/scenario.ts';
import { toldIncidents } from './incidents/told-incident.ts';

const { values: given } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    examples: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    towns: { type: 'string', default: '4' },
    kind: { type: 'string', multiple: true, default: [...kindNames] },
  },
});
const towns = given.short ? 1 : Number(given.towns);
const judged = [];
for (let town = 0; town < towns; town++) {
  const plan = planOneTown(Number(given.seed) + 100 * town, given.kind);
  for (const { happening, events } of await watchTown(plan)) {
    const one = judge(plan.town, happening, toldIncidents(events));
    if (given.examples) console.log([...exampleLines(one.judgements), ...falseLines(one.false)].join('\n'));
    judged.push(one);
  }
}
console.log(kindTable(judged.flatMap(({ judgements }) => judgements)).join('\n'));
console.log(JSON.stringify({ towns, ...figures(judged) }));
