import { describe, expect, test } from '@jest/globals';
import { LineKey } from './line-key.ts';

function keyOf(line: string): string {
  const bytes = Buffer.from(`[${line}]`);
  const { low, high } = new LineKey().read(bytes, 1, bytes.length - 1);
  return `${high}:${low}`;
}

describe('lines have the same key', () => {
  test.each([
    ['request 17 took 3 ms', 'request 982 took 1204 ms'],
    ['pod web-7f9c of 10.0.0.1', 'pod web-8a01 of 10.0.0.2'],
    ['user 12 left', 'user   98 left'],
    ['12 at the start', '99 at the start'],
    ['at the end 12', 'at the end 7'],
  ])('when only words with digits differ: %s', (one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });
});

describe('lines have keys of their own', () => {
  test('for each letter that differs, in words of all lengths', () => {
    const line = 'a bc def ghij klmno pqrstu vwxyzab cdefghij klmnopqrstuvw';
    const changed = Array.from(line).flatMap((letter, at) =>
      letter === ' ' ? [] : [`${line.slice(0, at)}Z${line.slice(at + 1)}`, `${line.slice(0, at)}${line.slice(at + 1)}`],
    );
    const keys = [line, ...changed].map(keyOf);
    expect(new Set(keys).size).toBe(new Set([line, ...changed]).size);
  });

  test('for pairs of letters that differ at the same place of two blocks', () => {
    const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
    const words = letters.flatMap((one) => letters.map((other) => `xxx${one}yyy${other}zzz`));
    expect(new Set(words.map(keyOf)).size).toBe(words.length);
  });

  test.each([
    ['range 1..9 of it', 'range 2..9 of it'],
    ['k1=5', 'k2=5'],
    ['ends 1 2', 'ends 1'],
    ['(1) x', '[1] x'],
    ['/1 x', '1 x'],
    ['at 12: x', 'at 12, x'],
    ['1a2: x', '1a2b3c4: x'],
  ])('when more than digits differs: %s', (one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});

test('reads to the end of the first line that has words', () => {
  const bytes = Buffer.from('--\nfirst line\nsecond line');
  expect(new LineKey().read(bytes, 0, bytes.length).end).toBe('--\nfirst line'.length);
});

test('what follows behind the end of the body is not looked at', () => {
  const [one, other] = ['x 1. tail', 'x 1.. tail'].map((text) => new LineKey().read(Buffer.from(text), 0, 4));
  expect([one?.low, one?.high]).toEqual([other?.low, other?.high]);
});
