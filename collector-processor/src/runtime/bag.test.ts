import { expect, test } from '@jest/globals';
import { Bag } from './bag.ts';

const thing = (name: string) => ({ name, place: -1 });
const namesOf = (bag: Bag<ReturnType<typeof thing>>) =>
  bag
    .all()
    .map(({ name }) => name)
    .sort();

test('what was put in is there until it leaves, whatever leaves before it', () => {
  const bag = new Bag<ReturnType<typeof thing>>();
  const things = ['a', 'b', 'c', 'd'].map(thing);
  for (const one of things) bag.add(one);
  for (const index of [0, 3, 1]) {
    const leaving = things[index] ?? thing('none');
    bag.delete(leaving);
    expect(leaving.place).toBe(-1);
    expect(namesOf(bag)).not.toContain(leaving.name);
  }
  expect(namesOf(bag)).toEqual(['c']);
  expect(bag.size).toBe(1);
});

test('what is not there leaves nothing, and may come back', () => {
  const bag = new Bag<ReturnType<typeof thing>>();
  const [a, b] = [thing('a'), thing('b')];
  bag.add(a);
  bag.delete(b);
  bag.delete(a);
  bag.delete(a);
  expect(bag.size).toBe(0);
  bag.add(a);
  expect(namesOf(bag)).toEqual(['a']);
});

test('a walk sees what was there when it began', () => {
  const bag = new Bag<ReturnType<typeof thing>>();
  const things = ['a', 'b', 'c'].map(thing);
  for (const one of things) bag.add(one);
  const seen: string[] = [];
  for (const one of bag.all()) {
    seen.push(one.name);
    bag.delete(one);
  }
  expect(seen).toEqual(['a', 'b', 'c']);
  expect(bag.size).toBe(0);
});
