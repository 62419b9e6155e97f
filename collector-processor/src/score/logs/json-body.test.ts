import { expect, test } from '@jest/globals';
import { createTestMiner, learnLine } from '../testing/mining.ts';

function templateOf(body: unknown): string {
  const miner = createTestMiner(10);
  return miner.text(learnLine(miner, typeof body === 'string' ? body : JSON.stringify(body)));
}

test.each([
  ['the message', { level: 'info', msg: 'order 4711 shipped', error: 'none' }, 'order <*> shipped'],
  ['an error where there is no message', { level: 'warn', error: 'no route 7' }, 'no route <*>'],
  ['the keys where there is no text', { user: 'ana', ms: 12, ok: true }, 'user <*> ms <*> ok <*>'],
  ['keys of objects inside', { http: { code: 200, path: '/a' }, list: [{ a: 1 }] }, 'http code <*> path <*> list <*>'],
])('of a JSON object %s is the kind', (_name, body, template) => {
  expect(templateOf(body)).toBe(template);
});

test('values of a JSON object do not tell kinds apart, keys do', () => {
  const miner = createTestMiner(10);
  const first = learnLine(miner, '{"user":"ana","ms":1}');
  expect(learnLine(miner, '{ "user": "a \\"berta\\", b", "ms": 2222 }')).toBe(first);
  expect(learnLine(miner, '{"user":"ana","failed":true}')).not.toBe(first);
});

test.each(['{"a":', '{"a', '{"a":{"b"', '{"a":"', '{"":""}', '{"a":[[[['])(
  'an object that is cut off is read: %s',
  (line) => {
    const miner = createTestMiner(10);
    expect(learnLine(miner, line)).toBeGreaterThan(0);
  },
);
