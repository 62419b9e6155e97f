import { expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { HashTable } from './hash-table.ts';

test('behaves like a map under random sets and deletes', () => {
  const table = new HashTable(500);
  const model = new Map<number, number>();
  const random = createRandom(1);
  for (let i = 0; i < 20_000; i++) {
    // Few distinct low halves, so that entries collide and probe.
    const key = Math.floor(random.uniform() * 700);
    const low = key % 64;
    const high = key;
    if (random.uniform() < 0.45) {
      table.delete(low, high);
      model.delete(key);
    } else if (table.set(low, high, i)) model.set(key, i);
    else expect(model.size).toBe(500);
    expect(table.get(low, high)).toBe(model.get(key) ?? -1);
  }
  expect(table.size).toBe(model.size);
  for (const [key, value] of model) expect(table.get(key % 64, key)).toBe(value);
});

test('a full table refuses new keys and still changes old ones', () => {
  const table = new HashTable(2);
  expect(table.set(1, 1, 10)).toBe(true);
  expect(table.set(2, 2, 20)).toBe(true);
  expect(table.set(3, 3, 30)).toBe(false);
  expect(table.set(1, 1, 11)).toBe(true);
  expect([table.get(1, 1), table.get(2, 2), table.get(3, 3)]).toEqual([11, 20, -1]);
});

test('halves above 2^31 are found again', () => {
  const table = new HashTable(8);
  table.set(0xffffffff, 0x80000000, 5);
  expect(table.get(0xffffffff, 0x80000000)).toBe(5);
  expect(table.get(0xffffffff, 0)).toBe(-1);
});
