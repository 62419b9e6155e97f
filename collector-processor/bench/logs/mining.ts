import { createTemplateMiner } from '../../src/score/logs/template-miner.ts';
import { createTemplateOwner } from '../../src/score/logs/template-owners.ts';
import { createRandom } from '../../src/score/testing/random.ts';
import { shippedOptions } from '../../src/score/testing/test-options.ts';
import { compareGroups, type Grouping } from './grouping.ts';
import type { LogSet } from './log-sets.ts';

export interface MinedSet {
  readonly set: string;
  readonly lines: number;
  readonly kinds: number;
  /** By the numbers given at arrival, and by what they stand for after all lines. */
  readonly atArrival: Grouping;
  readonly afterMerges: Grouping;
  /** Found templates by line, for a closer look. */
  readonly templates: readonly string[];
}

/** One pass over the lines in their order, with the miner and the configuration that ship. */
export function mineSet({ name, lines, kinds }: LogSet): MinedSet {
  const miner = createTemplateMiner(shippedOptions());
  const owner = createTemplateOwner();
  const arrived = lines.map((line) => miner.learn(line, 0, line.length, owner));
  const current = arrived.map((id) => miner.current(id));
  return {
    set: name,
    lines: lines.length,
    kinds: new Set(kinds).size,
    atArrival: compareGroups(arrived, kinds),
    afterMerges: compareGroups(current, kinds),
    templates: current.map((id) => miner.text(id)),
  };
}

const LINES = 200_000;
const ROUNDS = 7;
const DIGIT_0 = 0x30;

/**
 * Lines a second of CPU time, all sets mixed, every digit new, one behind the other as in a request: the median of several
 * rounds, after a first one to warm up.
 */
export function measureSpeed(sets: readonly LogSet[]): number {
  const random = createRandom(1);
  const all = sets.flatMap(({ lines }) => lines);
  const miner = createTemplateMiner(shippedOptions());
  const owner = createTemplateOwner();
  const speeds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const lines = Array.from({ length: LINES }, () => {
      const line = all[Math.floor(random.uniform() * all.length)] as Uint8Array;
      return line.map((code) => (code >= DIGIT_0 && code < DIGIT_0 + 10 ? DIGIT_0 + random.uniform() * 10 : code));
    });
    const payload = Buffer.concat(lines);
    const before = process.cpuUsage();
    let at = 0;
    for (const { length } of lines) miner.learn(payload, at, (at += length), owner);
    const { user, system } = process.cpuUsage(before);
    if (round > 0) speeds.push((LINES * 1e6) / (user + system));
  }
  return speeds.sort((a, b) => a - b)[ROUNDS >> 1] as number;
}
