import { createTemplateMiner } from '../../src/score/logs/template-miner.ts';
import { createTemplateOwner } from '../../src/score/logs/template-owners.ts';
import { createRandom } from '../../src/score/testing/random.ts';
import { shippedOptions } from '../../src/score/testing/test-options.ts';

/** The pauses that a miner makes while such lines come: microseconds for a single line. */
export interface Flood {
  readonly flood: string;
  /** Of CPU time. */
  readonly lines_per_second: number;
  /** Of each line the quickest of some equal runs: neither what else runs on the machine nor the collector counts. */
  readonly p999_us: number;
  readonly max_us: number;
  readonly templates: number;
}

const LINES = 200_000;
const RUNS = 3;
/** Lines that come in a bucket: 2,000 a second. */
const LINES_PER_STEP = 20_000;
const SHAPES = 200;
const LETTERS = 'ghijklmnopqrst';

type MakeLine = (word: () => string, index: number) => string;

const floods: Readonly<Record<string, MakeLine>> = {
  'text never seen': (word) => Array.from({ length: 9 }, word).join(' '),
  'text never seen behind a common start': (word) => `remark of customer: ${Array.from({ length: 9 }, word).join(' ')}`,
  'long text never seen': (word) => Array.from({ length: 60 }, word).join(' '),
  'new names in many kinds of lines': (word, index) => kindOf(index, word()),
  'new names in two places': (word, index) => `${kindOf(index, word())} and sent on to ${word()} by night`,
  'the same words in any order': (_word, index) =>
    Array.from({ length: 9 }, (_unused, at) => wordOf(index, at)).join(' '),
  'new keys in objects': (word) => `{${word()}: ${word()}, ${word()}: ${word()}} was taken`,
};

function kindOf(index: number, name: string): string {
  const [one, two, three] = [index % SHAPES, (index % SHAPES) * 7, (index % SHAPES) * 31].map(letters);
  return `${one} of ${two} that ${name} has ${three}`;
}

function wordOf(index: number, at: number): string {
  return letters(Math.imul(index + 1, 0x9e3779b1 + 2 * at) >>> 27);
}

function letters(number: number): string {
  return String(number).replace(/\d/g, (digit) => LETTERS[Number(digit)] ?? '');
}

export function measureFloods(): Flood[] {
  return Object.entries(floods).map(([flood, make]) => measureFlood(flood, make));
}

function measureFlood(flood: string, make: MakeLine): Flood {
  const random = createRandom(5);
  const word = (): string =>
    Array.from({ length: 8 }, () => LETTERS[Math.floor(random.uniform() * LETTERS.length)]).join('');
  const lines = Array.from({ length: LINES }, (_unused, index) => make(word, index));
  const payload = Buffer.from(lines.join(''));
  const lengths = Int32Array.from(lines, ({ length }) => length);
  lines.length = 0;
  const least = new Float64Array(LINES).fill(Infinity);
  const runs = Array.from({ length: RUNS }, () => runOnce(payload, lengths, least));
  least.sort();
  const micros = (milliseconds = NaN): number => Math.round(milliseconds * 1000);
  return {
    ...{ flood, lines_per_second: Math.max(...runs.map(({ speed }) => speed)) },
    ...{ p999_us: micros(least[Math.floor(LINES * 0.999)]), max_us: micros(least[LINES - 1]) },
    templates: runs[0]?.templates ?? 0,
  };
}

function runOnce(payload: Uint8Array, lengths: Int32Array, least: Float64Array) {
  const miner = createTemplateMiner(shippedOptions());
  const owner = createTemplateOwner();
  const used = process.cpuUsage();
  let before = performance.now();
  let at = 0;
  for (const [index, length] of lengths.entries()) {
    if (index % LINES_PER_STEP === 0) miner.startStep();
    miner.learn(payload, at, (at += length), owner);
    const now = performance.now();
    const pause = now - before;
    if (pause < (least[index] as number)) least[index] = pause;
    before = now;
  }
  const { user, system } = process.cpuUsage(used);
  return { speed: Math.round((lengths.length * 1e6) / (user + system)), templates: miner.size };
}
