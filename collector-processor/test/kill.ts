/**
 * `npm test -- kill`, or `node collector-processor/test/kill.ts [--rounds 4] [--seed 1] [--findings]`: the whole program is killed with -9 at random moments while alerts open incidents and
 * people write notes, tasks and owners to them, and starts again on the same store. Whatever was promised must be there once, whatever was
 * in doubt at most once; timelines have no gaps, and lists show what timelines say. With --findings an incident of findings is
 * open meanwhile, which takes two minutes more, of which one is to learn.
 */
import { ok } from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { createRandom } from '../demo/random.ts';
import { type Case, runCases, until } from './grafana/suite.ts';
import { incidentOfFindings } from './kill/findings.ts';
import { judge } from './kill/judge.ts';
import { createLives } from './kill/lives.ts';
import { readAll, type Requests, workUntilItEnds } from './kill/people.ts';

/** A life ends when so many more promises were made in it; at least one. */
const MOST_PROMISES = 30;

const { values: given } = parseArgs({
  options: { rounds: { type: 'string', default: '4' }, seed: { type: 'string' }, findings: { type: 'boolean' } },
});
const rounds = Number(given.rounds);
const seed = Number(given.seed ?? Date.now() % 1_000_000);
const random = createRandom(seed);
const cases: Case[] = [
  {
    name: `nothing that was promised of incidents is lost or doubled in ${rounds} kills (seed ${seed})`,
    async run() {
      const lives = await createLives({ correlate: { watch_for: '1h' } });
      const requests: Requests = { asked: [], alarms: [] };
      try {
        for (let round = 0; round < rounds; round++) {
          await lives.begin();
          const work = workUntilItEnds(lives, requests);
          const enough = promisesOf(requests) + 1 + Math.floor(random() * MOST_PROMISES);
          await until('promises', () => promisesOf(requests) >= enough || undefined);
          await lives.end();
          await work;
        }
        await lives.begin();
        const faults = judge(await readAll(lives), requests);
        const { asked, alarms } = requests;
        const doubts = asked.length + alarms.length - promisesOf(requests);
        process.stdout.write(
          `${alarms.length} alerts, ${asked.length} notes, tasks and owners, ${doubts} of them in doubt\n`,
        );
        ok(
          asked.some(({ outcome }) => outcome === 'promised'),
          'nobody was promised anything',
        );
        ok(faults.length === 0, faults.slice(0, 10).join('\n  '));
      } finally {
        await lives.close();
      }
    },
  },
  {
    name: 'an incident of findings stays one with its timeline over kills, and ends',
    skip: given.findings === true ? undefined : '--findings is not set',
    run: () => incidentOfFindings(random),
  },
];
process.exitCode = (await runCases(cases)) ? 0 : 1;

function promisesOf({ asked, alarms }: Requests): number {
  return [...asked, ...alarms].filter(({ outcome }) => outcome === 'promised').length;
}
