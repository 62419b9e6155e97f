import { expect, test } from '@jest/globals';
import { Turns } from './turns.ts';

test('one piece of work in each round of the event loop, in order, others in between', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const work = ['a', 'b', 'c'].map(async (name) => {
    await turns.next();
    order.push(name);
  });
  const others = (async () => {
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('-');
    }
  })();
  await Promise.all([...work, others]);
  expect(order.join('')).toBe('a-b-c-');
  expect(turns.length).toBe(0);
});

test('work that comes later begins anew', async () => {
  const turns = new Turns();
  await turns.next();
  await turns.next();
  expect(turns.length).toBe(0);
});
