/**
 * Plans over a simulated cluster, decided and run by the product's own guards and runner, while processes die, are held up
 * and have their clocks set wrong, and freezes and the kill switch come and go:
 *
 *   npm run bench:actions -- [--plans 10000] [--seed 1] [--short]
 *
 * --short is 1,000 plans. Whether a plan was permitted, and whether anything was done that was not, is judged by
 * actions/oracle.ts, which is written from the text of actions/policies.yaml, knows the true time, and shares no code with
 * the guards. The last line is one JSON object.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readActFiles } from '../src/act/files/read-act-files.ts';
import { systemClock } from '../src/runtime/clock.ts';
import { createRandom } from '../src/testing/random.ts';
import { Cluster } from './actions/cluster.ts';
import { judge } from './actions/judge.ts';
import { Replica } from './actions/replica.ts';
import { SharedStore } from './actions/shared-store.ts';
import { submitPlans } from './actions/submit.ts';
import { HOUR_MS, makeTown } from './actions/town.ts';
import { VirtualTime } from './actions/virtual-time.ts';
import { machineOf } from './machine.ts';

const { values: given } = parseArgs({
  options: {
    plans: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
  },
});
const plans = given.short ? 1000 : Number(given.plans);
const EVERY_MS = 90_000;
const fromMs = Date.parse('2026-03-02T00:00:00Z');
const untilMs = fromMs + plans * EVERY_MS * 1.2;
const random = createRandom(Number(given.seed));
const time = new VirtualTime(fromMs);
const town = makeTown(random, { fromMs, untilMs });
const file = `${import.meta.dirname}/actions/policies.yaml`;
const { policies, problems } = readActFiles([{ name: file, text: readFileSync(file, 'utf8') }], {
  env: {},
  fetch,
  ...systemClock,
});
if (problems.length > 0) throw new Error(JSON.stringify(problems));
const cluster = new Cluster(time, random);
const store = new SharedStore(time);
const world = { time, town, cluster, store, policies, random, untilMs };
const replicas = ['a', 'b'].map((name) => new Replica(name, world));
for (const replica of replicas) replica.start();

const submitting = submitPlans(world, replicas, { plans, everyMs: EVERY_MS });
await time.run(untilMs + HOUR_MS);
const { submissions, decisionsMs } = await submitting;
const found = judge(town, submissions, store.events, cluster);

for (const violation of found.violations.slice(0, 20)) console.log(`violation: ${violation}`);
const days = ((untilMs - fromMs) / (24 * HOUR_MS)).toFixed(1);
const sum = (of: 'deaths' | 'holdUps' | 'jumps') => replicas.reduce((total, replica) => total + replica[of], 0);
console.log(`${days} days: ${sum('deaths')} deaths, ${sum('holdUps')} hold-ups, ${sum('jumps')} clocks set wrong`);
console.log(`${found.begun} runs began, ${found.deeds} changes were made`);
for (const [why, count] of found.missed) console.log(`permitted and not applied within 30 s: ${count} by ${why}`);
const sorted = [...decisionsMs].sort((a, b) => a - b);
const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
console.log(
  JSON.stringify({
    plans: submissions.length,
    permitted: found.permitted,
    applied_within_30s: Number((found.appliedSoon / found.permitted).toFixed(4)),
    violations: found.violations.length,
    executed_twice: found.executedTwice,
    decision_ms_p99: Number(p99.toFixed(3)),
    ...machineOf(),
  }),
);
