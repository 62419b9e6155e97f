import { describe, expect, test } from '@jest/globals';
import { REFUSED, SubjectCache } from './subject-cache.ts';
import { TestSymbols } from './testing/symbols.ts';

function world() {
  const admission = { evictions: 0 };
  return { admission, cache: new SubjectCache(admission) };
}

describe('a cached subject', () => {
  test('is found until a place changes hands', () => {
    const { admission, cache } = world();
    cache.set(1, 2, 7, 100);
    expect(cache.get(1, 2, 101)).toBe(7);
    admission.evictions++;
    expect(cache.get(1, 2, 101)).toBe(-1);
  });

  test('that was refused is not asked for again before the next bucket', () => {
    const { cache } = world();
    cache.set(1, 2, -1, 100);
    expect(cache.get(1, 2, 100)).toBe(REFUSED);
    // Items of the bucket before may still come in between.
    expect(cache.get(1, 2, 99)).toBe(REFUSED);
    expect(cache.get(1, 2, 101)).toBe(-1);
  });

  test('is forgotten when symbols got other numbers', () => {
    const { cache } = world();
    const symbols = new TestSymbols();
    cache.follow(symbols);
    cache.set(1, 2, 7, 100);
    cache.follow(symbols);
    expect(cache.get(1, 2, 100)).toBe(7);
    cache.follow(Object.assign(symbols, { generation: 1 }));
    expect(cache.get(1, 2, 100)).toBe(-1);
  });

  test('gives way when the cache is full, and nothing grows', () => {
    const { cache } = world();
    for (let i = 0; i < 70_000; i++) cache.set(i * 7919, i, i, 1);
    expect(cache.get(69_999 * 7919, 69_999, 1)).toBe(69_999);
    expect(cache.get(0, 0, 1)).toBe(-1);
  });
});
