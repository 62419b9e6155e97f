import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { drawNumber, InOrder } from './in-order.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function line() {
  const passedOver = createSelfMetrics().counter({ name: 'passed_over_total', help: 'h' });
  const order = new InOrder(passedOver);
  const acted: number[] = [];
  const take = (...numbers: number[]) => {
    for (const number of numbers) order.take(number, () => acted.push(number));
  };
  return { order, acted, take, passedOver };
}

test('what is told in another order acts in the order of its numbers', () => {
  const { acted, take, passedOver } = line();
  take(1, 3, 2);
  expect(acted).toEqual([]);
  take(0, 5);
  expect(acted).toEqual([0, 1, 2, 3]);
  take(4);
  expect(acted).toEqual([0, 1, 2, 3, 4, 5]);
  jest.runAllTimers();
  expect(passedOver.value).toBe(0);
});

test('a number that nobody tells is passed over, and acts at once when it comes after all', () => {
  const { acted, take, passedOver } = line();
  take(0, 3, 4, 6);
  jest.advanceTimersByTime(1000);
  expect(acted).toEqual([0, 3, 4]);
  expect(passedOver.value).toBe(2);
  take(2);
  expect(acted).toEqual([0, 3, 4, 2]);
  jest.advanceTimersByTime(1000);
  expect(acted.at(-1)).toBe(6);
  expect(passedOver.value).toBe(3);
});

test('each gap has a second of its own', () => {
  const { acted, take } = line();
  take(1, 3);
  jest.advanceTimersByTime(900);
  take(0);
  jest.advanceTimersByTime(900);
  expect(acted).toEqual([0, 1]);
  jest.advanceTimersByTime(100);
  expect(acted).toEqual([0, 1, 3]);
});

test('at the end nothing waits any more', () => {
  const { order, acted, take } = line();
  take(4, 2, 7);
  order.end();
  expect(acted).toEqual([2, 4, 7]);
});

test('numbers go around', () => {
  const numbers = new Int32Array(new SharedArrayBuffer(4));
  numbers[0] = 2 ** 31 - 2;
  const { acted, take } = line();
  const drawn = Array.from({ length: 4 }, () => drawNumber(numbers));
  take(2 ** 31 - 3);
  jest.advanceTimersByTime(1000);
  take(...drawn.toReversed());
  expect(acted).toEqual([2 ** 31 - 3, ...drawn]);
});
