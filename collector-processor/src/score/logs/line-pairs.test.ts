import { describe, expect, test } from '@jest/globals';
import { LinePairs } from './line-pairs.ts';
import { MAX_KINDS, TraceLines } from './trace-lines.ts';

const LEARNING = 10;

function book() {
  const pairs = new LinePairs(0);
  const lines = new TraceLines(4);
  return (bucket: number, ...kinds: readonly number[]): boolean => {
    lines.size[0] = 0;
    for (const kind of kinds) lines.add(0, kind);
    return pairs.isUnseen(lines, 0, bucket, LEARNING);
  };
}

function learned() {
  const take = book();
  for (let i = 0; i < 50; i++) {
    take(i / 5, 1, 2);
    take(i / 5, 1, 3);
  }
  return take;
}

describe('a pair of kinds of lines', () => {
  test('is news when both come often and never came together', () => {
    expect(learned()(11, 2, 3)).toBe(true);
    expect(learned()(11, 1, 2)).toBe(false);
  });

  test('is no news when chance would hardly have brought them together yet', () => {
    const take = learned();
    expect(take(11, 2, 7)).toBe(false);
    for (let i = 0; i < 5; i++) take(11, 1, 7);
    expect(take(12, 3, 7)).toBe(false);
  });

  test('is usual once it has gone on for as long as a service learns', () => {
    const take = learned();
    expect(take(11, 2, 3)).toBe(true);
    expect(take(12, 2, 3)).toBe(true);
    expect(take(11 + LEARNING, 2, 3)).toBe(false);
  });

  test('is no news while the service is young', () => {
    const take = book();
    for (let i = 0; i < 50; i++) take(i % 2, i % 2 === 0 ? 2 : 3);
    expect(take(5, 2, 3)).toBe(false);
  });
});

test('kinds without room are left out, and have it when others come no more', () => {
  const take = book();
  const many = Array.from({ length: 40 }, (_, i) => 100 + i);
  for (let i = 0; i < many.length; i += MAX_KINDS) take(0, ...many.slice(i, i + MAX_KINDS));
  for (let i = 0; i < 3000; i++) take(1, i % 2 === 0 ? 2 : 3);
  expect(take(20, 2, 3)).toBe(false);
  for (let i = 0; i < 5000; i++) take(21, i % 2 === 0 ? 2 : 3);
  expect(take(40, 2, 3)).toBe(true);
});
