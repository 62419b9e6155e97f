import { describe, expect, test } from '@jest/globals';
import { freshMemory, SpareMemory } from './body-memory.ts';

const KIB = 1024;

describe('SpareMemory', () => {
  test('what was given back serves the next body of about that size', () => {
    const memory = new SpareMemory(KIB * KIB);
    const first = memory.take(110_000);
    memory.giveBack(first);
    expect(memory.bytes).toBe(first.length);
    expect(memory.take(108_000)).toBe(first);
    expect(memory.bytes).toBe(0);
    expect(memory.take(108_000)).not.toBe(first);
  });

  test.each([1, 4 * KIB, 64 * KIB + 1, 110_000, 128 * KIB, 200_001, KIB * KIB])(
    'for %d bytes it takes as many and at most a quarter more than the smallest size or they',
    (bytes) => {
      const { length } = new SpareMemory(0).take(bytes);
      expect(length).toBeGreaterThanOrEqual(bytes);
      expect(length).toBeLessThanOrEqual(Math.max(4 * KIB, bytes * 1.25));
      expect(length).toBe(new SpareMemory(0).sizeFor(bytes));
    },
  );

  test('keeps no more than its limit, and nothing that is large', () => {
    const memory = new SpareMemory(200 * KIB);
    const taken = [memory.take(100 * KIB), memory.take(100 * KIB), memory.take(2 * KIB * KIB)];
    for (const one of taken) memory.giveBack(one);
    expect(memory.bytes).toBe(taken[0]?.length);
    expect(memory.take(2 * KIB * KIB)).not.toBe(taken[2]);
  });

  test('a size that is not asked for any more makes room for one that is', () => {
    const memory = new SpareMemory(100 * KIB);
    const small = Array.from({ length: 30 }, () => memory.take(4 * KIB));
    for (const one of small) memory.giveBack(one);
    const large = memory.take(64 * KIB);
    memory.giveBack(large);
    expect(memory.bytes).toBeLessThanOrEqual(100 * KIB);
    expect(memory.take(64 * KIB)).toBe(large);
    memory.clear();
    expect(memory.bytes).toBe(0);
  });

  test('with a limit of nothing every body has memory of its own', () => {
    const memory = new SpareMemory(0);
    const first = memory.take(100 * KIB);
    memory.giveBack(first);
    expect(memory.take(100 * KIB)).not.toBe(first);
    expect(freshMemory.take(5)).toHaveLength(5);
  });
});
