import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { createTemplateMiner, type TemplateMiner } from './template-miner.ts';

const encoder = new TextEncoder();
const names = ['ana', 'berta', 'carl', 'dora', 'emil', 'frida', 'gustav', 'hanna', 'ivan', 'jana', 'karl', 'lena'];

function learn(miner: TemplateMiner, line: string): number {
  const bytes = encoder.encode(line);
  return miner.learn(bytes, 0, bytes.length);
}

function wordMaker(seed: number): () => string {
  const random = createRandom(seed);
  return () => Array.from({ length: 8 }, () => 'ghijklmnop'[Math.floor(random.uniform() * 10)]).join('');
}

/** Kinds that the lines belong to after all of them have come, as texts. */
function kindsOf(lines: readonly string[], miner = createTemplateMiner(1000)): string[] {
  const ids = lines.map((line) => learn(miner, line));
  return [...new Set(ids.map((id) => miner.text(miner.current(id))))];
}

describe('lines of one kind share a number', () => {
  test('and of two kinds do not', () => {
    const miner = createTemplateMiner(10);
    const first = learn(miner, 'order 1 shipped');
    expect(learn(miner, 'order 99999 shipped')).toBe(first);
    expect(learn(miner, 'order 1 lost')).not.toBe(first);
    expect(miner.size).toBe(2);
  });

  test('the hash of a kind is the same in every process', () => {
    const one = createTemplateMiner(10);
    const other = createTemplateMiner(10);
    learn(other, 'something else first');
    expect(one.hash(learn(one, 'order 1 shipped'))).toEqual(other.hash(learn(other, 'order 2 shipped')));
  });

  test.each(['', '   ', '\n\n', '{}', '???'])('a line without words is of a kind too: %j', (line) => {
    const miner = createTemplateMiner(10);
    expect(learn(miner, line)).toBe(learn(miner, line));
  });
});

describe('words that vary become a hole', () => {
  test('after a noun that names at once', () => {
    expect(kindsOf(['password of user ana is wrong', 'password of user berta is wrong'])).toEqual([
      'password of user <*> is wrong',
    ]);
  });

  test('elsewhere when enough of them have come', () => {
    const lines = names.map((name) => `basket that ${name} filled was paid for`);
    expect(kindsOf(lines.slice(0, 3))).toHaveLength(3);
    expect(kindsOf(lines)).toEqual(['basket that <*> filled was paid for']);
  });

  test('beside a number they are one with it', () => {
    const lines = names.map((name) => `transfer of goods for ${name} 12 was done`);
    expect(kindsOf([...lines, 'transfer of goods for 7 was done'])).toEqual(['transfer of goods for <*> was done']);
  });

  test('in two places together when both vary freely', () => {
    const lines = Array.from({ length: 40 }, (_unused, i) => {
      const [one, other] = [names[i % 12], names[(i * 5 + 3) % 11]];
      return `parcel from ${one} went to ${other} by train today`;
    });
    expect(kindsOf(lines)).toEqual(['parcel from <*> went to <*> by train today']);
  });

  test('a rare word where nearly all lines have a number', () => {
    const lines = Array.from({ length: 40 }, (_unused, i) => `block ${i} was copied to the second store`);
    expect(kindsOf([...lines, 'block zeta was copied to the second store'])).toEqual([
      'block <*> was copied to the second store',
    ]);
  });

  test('free text behind a common start is one kind', () => {
    const word = wordMaker(4);
    const kinds = kindsOf(Array.from({ length: 60 }, () => `remark of customer: ${word()} ${word()} ${word()}`));
    expect(kinds).toEqual(['remark of customer <*>']);
  });
});

describe('words that tell kinds apart stay', () => {
  test.each([
    ['states', ['connection to store opened', 'connection to store closed', 'connection to store lost']],
    ['capitals', ['node entered state ACTIVE again', 'node entered state STANDBY again']],
    ['keys', ['refused rhost=1.2.3.4 by sshd here', 'refused rhost=1.2.3.4 user=root by sshd here']],
    ['first words', ['opening cart of shop', 'closing cart of shop', 'emptying cart of shop']],
  ])('%s', (_name, lines) => {
    expect(kindsOf([...lines, ...lines, ...lines])).toHaveLength(lines.length);
  });
});

describe('a number that was given before a merge', () => {
  function merged() {
    const miner = createTemplateMiner(100);
    const often = 'basket that ana filled was paid for';
    const hash = miner.hash(learn(miner, often));
    const ids = [
      ...Array.from({ length: 5 }, () => often),
      ...names.map((name) => `basket that ${name} filled was paid for`),
    ].map((line) => learn(miner, line));
    return { miner, hash, ids };
  }

  test('is read as what the kind is now', () => {
    const { miner, ids } = merged();
    expect(new Set(ids).size).toBeGreaterThan(1);
    expect(new Set(ids.map((id) => miner.current(id))).size).toBe(1);
    expect(miner.merges).toBeGreaterThan(0);
    expect(miner.size).toBe(1);
  });

  test('the kind goes on under the hash of the member with most lines', () => {
    const { miner, hash, ids } = merged();
    expect(miner.hash(ids.at(-1) ?? -1)).toEqual(hash);
    expect(miner.hash(ids[0] ?? -1)).toEqual(hash);
  });

  test('no number stands for nothing', () => {
    const { miner } = merged();
    expect(miner.current(99)).toBe(-1);
    expect(miner.text(-1)).toBe('');
  });
});

describe('nothing grows without bound', () => {
  test('a flood of new kinds pushes out what was not seen for longest, which is counted', () => {
    const miner = createTemplateMiner(100);
    const word = wordMaker(1);
    const known = miner.hash(learn(miner, 'order 1 shipped'));
    for (let i = 0; i < 5000; i++) {
      learn(miner, `${word()} ${word()} gone`);
      if (i % 20 === 0) expect(miner.hash(learn(miner, 'order 2 shipped'))).toEqual(known);
      expect(miner.size).toBeLessThanOrEqual(100);
    }
    expect(miner.evictions).toBeGreaterThan(4000);
  });

  test('long lines of new words share the room too', () => {
    const miner = createTemplateMiner(50);
    const word = wordMaker(2);
    for (let i = 0; i < 500; i++) {
      learn(miner, Array.from({ length: 70 }, word).join(' '));
      expect(miner.size).toBeLessThanOrEqual(50);
    }
  });

  test('ever new words in one hole leave one kind', () => {
    const word = wordMaker(3);
    const miner = createTemplateMiner(20);
    const kinds = kindsOf(
      Array.from({ length: 3000 }, () => `password of user ${word()} is wrong`),
      miner,
    );
    expect(kinds).toEqual(['password of user <*> is wrong']);
    expect(miner.evictions).toBe(0);
  });
});

describe('any bytes are read without a fault', () => {
  test('random ones', () => {
    const miner = createTemplateMiner(1000);
    const random = createRandom(2);
    for (let i = 0; i < 2000; i++) {
      const length = Math.floor(random.uniform() * 200);
      const bytes = Uint8Array.from({ length }, () => Math.floor(random.uniform() * 256));
      const end = Math.floor(random.uniform() * (bytes.length + 1));
      expect(miner.learn(bytes, 0, end)).toBeGreaterThanOrEqual(0);
    }
  });

  test.each(['word ', '[', '{"', 'a,b,', ' "a b', 'ab:', "'", '=', '\\', 'a=', '\u001b['])(
    '%j, very often',
    (piece) => {
      const miner = createTemplateMiner(1000);
      expect(learn(miner, piece.repeat(100_000))).toBe(0);
      expect(miner.text(0).length).toBeLessThan(2000);
    },
  );

  test('a body is read only between its ends', () => {
    const miner = createTemplateMiner(10);
    const bytes = encoder.encode('ab order shipped, "cut');
    expect(miner.text(miner.learn(bytes, 3, 8))).toBe('order');
    expect(miner.text(miner.learn(bytes, 3, 16))).toBe('order shipped');
  });
});
