/**
 * What reading and scoring cost, on this machine:
 *
 *   npm run bench:scan -- [--only scan|score] [--bodies 200] [--rounds 9]
 *
 * Prints its progress, and as the last line one JSON object:
 * {"scan":[{"signal","items_per_second","library_items_per_second"}],"score":[{"series","ns_per_item","rss_mib",…}]}
 */
import { parseArgs } from 'node:util';
import { machineOf } from './machine.ts';
import { measureScanning } from './scan/scan-cost.ts';
import { measureScoring } from './scan/score-cost.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    bodies: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '9' },
  },
});
const log = (line: string) => console.log(line);

const { cpu, threads, memory_gib: memory, node } = machineOf();
log(`${cpu}, ${threads} threads, ${memory} GiB, Node ${node}`);
const scan =
  values.only === 'score' ? [] : measureScanning({ bodies: Number(values.bodies), rounds: Number(values.rounds), log });
const score = values.only === 'scan' ? [] : await measureScoring();
log(JSON.stringify({ scan, score }));
