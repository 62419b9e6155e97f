import type { Draws } from '../random-draws.ts';

/** A kind of line that a service writes: its text, how often, and how bad it is. */
export interface LineKind {
  /** Stands in every line of the kind, and in no other. */
  readonly mark: string;
  readonly severity: 'INFO' | 'WARN' | 'ERROR';
  readonly perSecond: number;
  text(draws: Draws): string;
}

const nouns = ['order', 'basket', 'invoice', 'parcel', 'coupon', 'session', 'product', 'review', 'address', 'refund'];
const things = [
  'cache',
  'queue',
  'index',
  'ledger',
  'gateway',
  'mailer',
  'catalog',
  'warehouse',
  'scheduler',
  'archive',
];
const done = ['stored', 'loaded', 'updated', 'validated', 'published', 'received', 'resolved'];
const wrong = ['timed out', 'refused', 'was rejected by', 'could not be read from'];

type Words = readonly [noun: string, thing: string];

const forms: Readonly<Record<LineKind['severity'], (words: Words, draws: Draws) => (line: Draws) => string>> = {
  INFO([noun, thing], draws) {
    const verb = draws.pick(done);
    return draws.uniform() < 0.5
      ? (line) => `${noun} ${line.below(1e6)} ${verb} in ${thing} after ${line.below(400)} ms`
      : (line) =>
          `${verb} ${noun} id=${line.below(1e6)} ${thing}=${line.pick(['a', 'b', 'c'])}-${line.below(30)} bytes=${line.below(9000)}`;
  },
  WARN:
    ([noun, thing]) =>
    (line) =>
      `slow ${thing}: ${noun} ${line.below(1e6)} took ${line.below(9000)} ms, retry ${line.below(3)}`,
  ERROR([noun, thing], draws) {
    const what = draws.pick(wrong);
    return (line) =>
      `${thing} ${what} ${noun} ${line.below(1e6)}: connection to 10.0.${line.below(256)}.${line.below(256)} lost`;
  },
};

/** The words of the service's lines, no pair of them twice. */
export function wordsOf(draws: Draws): () => Words {
  const pairs = nouns.flatMap((noun) => things.map((thing) => [noun, thing] as const));
  const shuffled = pairs.map((pair) => ({ pair, at: draws.uniform() })).toSorted((a, b) => a.at - b.at);
  let next = 0;
  return () => shuffled[next++ % shuffled.length]!.pair;
}

export function lineKind(
  draws: Draws,
  severity: LineKind['severity'],
  { words, perSecond }: { words: Words; perSecond: number },
): LineKind {
  return { mark: words.join(' '), severity, perSecond, text: forms[severity](words, draws) };
}

/** Whether a template is that of lines of the kind: it holds both of its words. */
export function isTemplateOf({ mark }: LineKind, template: string): boolean {
  return mark.split(' ').every((word) => template.includes(word));
}
