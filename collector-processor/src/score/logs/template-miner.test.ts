import { describe, expect, test } from '@jest/globals';
import { anyone, createTestMiner, learnLine } from '../testing/mining.ts';
import { createRandom } from '../testing/random.ts';
import { OTHER } from './template-miner.ts';
import { createTemplateOwner } from './template-owners.ts';

const encoder = new TextEncoder();
const names = ['ana', 'berta', 'carl', 'dora', 'emil', 'frida', 'gustav', 'hanna', 'ivan', 'jana', 'karl', 'lena'];

function wordMaker(seed: number): () => string {
  const random = createRandom(seed);
  return () => Array.from({ length: 8 }, () => 'ghijklmnop'[Math.floor(random.uniform() * 10)]).join('');
}

/** Kinds that the lines belong to after all of them have come, as texts. */
function kindsOf(lines: readonly string[], miner = createTestMiner(1000)): string[] {
  const ids = lines.map((line) => learnLine(miner, line));
  return [...new Set(ids.map((id) => miner.text(miner.current(id))))];
}

describe('lines of one kind share a number', () => {
  test('and of two kinds do not', () => {
    const miner = createTestMiner(10);
    const first = learnLine(miner, 'order 1 shipped');
    expect(learnLine(miner, 'order 99999 shipped')).toBe(first);
    expect(learnLine(miner, 'order 1 lost')).not.toBe(first);
    expect(miner.size).toBe(2);
  });

  test('the hash of a kind is the same in every process', () => {
    const one = createTestMiner(10);
    const other = createTestMiner(10);
    learnLine(other, 'something else first');
    expect(one.hash(learnLine(one, 'order 1 shipped'))).toEqual(other.hash(learnLine(other, 'order 2 shipped')));
  });

  test.each(['', '   ', '\n\n', '{}', '???'])('a line without words is of a kind too: %j', (line) => {
    const miner = createTestMiner(10);
    expect(learnLine(miner, line)).toBe(learnLine(miner, line));
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
    const miner = createTestMiner(100);
    const often = 'basket that ana filled was paid for';
    const hash = miner.hash(learnLine(miner, often));
    const ids = [
      ...Array.from({ length: 5 }, () => often),
      ...names.map((name) => `basket that ${name} filled was paid for`),
    ].map((line) => learnLine(miner, line));
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
    const miner = createTestMiner(100);
    const word = wordMaker(1);
    const known = miner.hash(learnLine(miner, 'order 1 shipped'));
    for (let i = 0; i < 5000; i++) {
      learnLine(miner, `${word()} ${word()} gone`);
      if (i % 20 === 0) expect(miner.hash(learnLine(miner, 'order 2 shipped'))).toEqual(known);
      expect(miner.size).toBeLessThanOrEqual(100);
    }
    expect(miner.evictions).toBeGreaterThan(4000);
  });

  test('long lines of new words share the room too', () => {
    const miner = createTestMiner(50);
    const word = wordMaker(2);
    for (let i = 0; i < 500; i++) {
      learnLine(miner, Array.from({ length: 70 }, word).join(' '));
      expect(miner.size).toBeLessThanOrEqual(50);
    }
  });

  test('ever new words in one hole leave one kind', () => {
    const word = wordMaker(3);
    const miner = createTestMiner(20);
    const kinds = kindsOf(
      Array.from({ length: 3000 }, () => `password of user ${word()} is wrong`),
      miner,
    );
    expect(kinds).toEqual(['password of user <*> is wrong']);
    expect(miner.evictions).toBe(0);
  });
});

describe('a service that brings ever new kinds', () => {
  const word = wordMaker(8);
  const noise = (): string => `${word()} ${word()} gone`;

  test('takes no room from another', () => {
    const miner = createTestMiner(200, { maxTemplatesPerService: 100 });
    const [loud, calm] = [createTemplateOwner(), createTemplateOwner()];
    const known = names.map((name) => miner.hash(learnLine(miner, `the ${name} ${name} opened`, calm)));
    for (let i = 0; i < 3000; i++) learnLine(miner, noise(), loud);
    expect(names.map((name) => miner.hash(learnLine(miner, `the ${name} ${name} opened`, calm)))).toEqual(known);
    expect(miner.size).toBe(100 + names.length);
  });

  test('takes no room from another though all of it is taken', () => {
    const miner = createTestMiner(100);
    const [loud, calm] = [createTemplateOwner(), createTemplateOwner()];
    for (let i = 0; i < 300; i++) learnLine(miner, noise(), loud);
    const known = names.map((name) => learnLine(miner, `the ${name} ${name} opened`, calm));
    for (let i = 0; i < 300; i++) learnLine(miner, noise(), loud);
    expect(known.map((id) => miner.current(id))).toEqual(known);
  });

  test('keeps its own kinds that come often', () => {
    const miner = createTestMiner(100);
    const known = learnLine(miner, 'order 1 shipped');
    for (let i = 0; i < 10; i++) learnLine(miner, 'order 1 shipped');
    for (let i = 0; i < 3000; i++) learnLine(miner, noise());
    expect(learnLine(miner, 'order 2 shipped')).toBe(known);
  });

  test('has so many in a step and the rest is one kind, until the next step', () => {
    const miner = createTestMiner(100, { maxNewTemplates: 5 });
    const ids = Array.from({ length: 20 }, () => learnLine(miner, noise()));
    expect(ids.filter((id) => id !== OTHER)).toHaveLength(5);
    expect(miner.text(OTHER)).toBe('(other)');
    expect([miner.size, miner.others]).toEqual([5, 15]);
    expect(learnLine(miner, noise(), createTemplateOwner())).not.toBe(OTHER);
    miner.startStep();
    expect(learnLine(miner, noise())).not.toBe(OTHER);
  });
});

describe('the work of merging', () => {
  test('is done a little with each line, and all of it with some lines more', () => {
    const miner = createTestMiner(4000);
    const word = wordMaker(9);
    for (let kind = 0; kind < 3000; kind++) learnLine(miner, `a${word()} was read by ${word()} of ${word()}`);
    let most = 0;
    for (let i = 0; i < 300; i++) {
      learnLine(miner, `remark ${word()} ${word()} ${word()} ${word()} ${word()}`);
      most = Math.max(most, miner.waiting);
    }
    expect(most).toBeGreaterThan(0);
    for (let i = 0; i < 10; i++) learnLine(miner, 'nothing new here');
    expect(miner.waiting).toBe(0);
  });
});

describe('any bytes are read without a fault', () => {
  test('random ones', () => {
    const miner = createTestMiner(1000);
    const random = createRandom(2);
    for (let i = 0; i < 2000; i++) {
      const length = Math.floor(random.uniform() * 200);
      const bytes = Uint8Array.from({ length }, () => Math.floor(random.uniform() * 256));
      const end = Math.floor(random.uniform() * (bytes.length + 1));
      expect(miner.learn(bytes, 0, end, anyone(miner))).toBeGreaterThanOrEqual(0);
    }
  });

  test.each(['word ', '[', '{"', 'a,b,', ' "a b', 'ab:', "'", '=', '\\', 'a=', '\u001b['])(
    '%j, very often',
    (piece) => {
      const miner = createTestMiner(1000);
      const id = learnLine(miner, piece.repeat(100_000));
      expect(id).toBeGreaterThan(OTHER);
      expect(miner.text(id).length).toBeLessThan(2000);
    },
  );

  test('a body is read only between its ends', () => {
    const miner = createTestMiner(10);
    const bytes = encoder.encode('ab order shipped, "cut');
    expect(miner.text(miner.learn(bytes, 3, 8, anyone(miner)))).toBe('order');
    expect(miner.text(miner.learn(bytes, 3, 16, anyone(miner)))).toBe('order shipped');
  });
});
