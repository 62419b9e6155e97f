import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { createSkeletonMiner, type TemplateMiner } from './template-miner.ts';

const encoder = new TextEncoder();

function learn(miner: TemplateMiner, line: string): number {
  const bytes = encoder.encode(line);
  return miner.learn(bytes, 0, bytes.length);
}

describe('what varies becomes a hole', () => {
  test.each([
    ['order 4711 shipped in 12.5 ms', 'order <*> shipped in <*>'],
    ['close, 0 bytes sent, 1.4 KB received', 'close <*> sent <*> received'],
    ['login rhost= user=root', 'login rhost <*> user root'],
    ['proxy.example.org:5070 close', '<*> close'],
    ['user 3f2504e0-4f89-11d3-9a0c-0305e82c3301 logged in', 'user <*> logged in'],
    ['GET /cart/items took long', 'GET <*> took long'],
    ['connect to 10.0.0.12:8080 refused', 'connect to <*> refused'],
    ['mail to ana@example.org bounced', 'mail to <*> bounced'],
    ['cannot open "/etc/some file" for reading', 'cannot open <*> for reading'],
    ['session=deadbeefcafe expired', 'session <*> expired'],
    ['took 1 2 3 4 steps', 'took <*> steps'],
    ['https://shop.example/a?b=c not found', '<*> not found'],
    ['worker-7 done', '<*> done'],
    ['read/write error', 'read/write error'],
    ['user said "it is broken', 'user said it is broken'],
  ])('%s', (line, template) => {
    const miner = createSkeletonMiner(10);
    expect(miner.text(learn(miner, line))).toBe(template);
  });

  test('only the first line of a stack trace counts', () => {
    const miner = createSkeletonMiner(10);
    const id = learn(miner, 'TypeError: x is undefined\n    at cart.ts:12\n    at shop.ts:3');
    expect(miner.text(id)).toBe('TypeError x is undefined');
  });

  test.each(['', '   ', '\n\n', '{}', '???'])('a line without words is a template too: %j', (line) => {
    const miner = createSkeletonMiner(10);
    expect(learn(miner, line)).toBe(learn(miner, line));
  });
});

describe('lines of one kind share an id', () => {
  test('and of two kinds do not', () => {
    const miner = createSkeletonMiner(10);
    const first = learn(miner, 'order 1 shipped');
    expect(learn(miner, 'order 99999 shipped')).toBe(first);
    expect(learn(miner, 'order 1 lost')).not.toBe(first);
    expect(miner.size).toBe(2);
  });

  test('the hash of a kind is the same in every process', () => {
    const one = createSkeletonMiner(10);
    const other = createSkeletonMiner(10);
    learn(other, 'something else first');
    expect(one.hash(learn(one, 'order 1 shipped'))).toEqual(other.hash(learn(other, 'order 2 shipped')));
  });
});

test('a flood of new kinds pushes out what was not seen for longest, and nothing grows', () => {
  const miner = createSkeletonMiner(100);
  const random = createRandom(1);
  const word = (): string => Array.from({ length: 8 }, () => 'ghijklmnop'[Math.floor(random.uniform() * 10)]).join('');
  const known = miner.hash(learn(miner, 'order 1 shipped'));
  for (let i = 0; i < 5000; i++) {
    learn(miner, `${word()} ${word()} failed`);
    if (i % 20 === 0) expect(miner.hash(learn(miner, 'order 2 shipped'))).toEqual(known);
    expect(miner.size).toBeLessThanOrEqual(100);
  }
});

test('any bytes are read without a fault', () => {
  const miner = createSkeletonMiner(1000);
  const random = createRandom(2);
  for (let i = 0; i < 2000; i++) {
    const bytes = Uint8Array.from({ length: Math.floor(random.uniform() * 200) }, () =>
      Math.floor(random.uniform() * 256),
    );
    const end = Math.floor(random.uniform() * (bytes.length + 1));
    expect(miner.learn(bytes, 0, end)).toBeGreaterThanOrEqual(0);
  }
  const long = encoder.encode('word '.repeat(50_000));
  expect(miner.learn(long, 0, long.length)).toBeGreaterThanOrEqual(0);
});
