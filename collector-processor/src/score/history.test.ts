import { expect, test } from '@jest/globals';
import { History } from './history.ts';

function point(timeMs: number) {
  return { timeMs, value: timeMs / 2, score: 0.25, expected: 1, lower: Number.NaN, upper: 2 };
}

test('the last steps are kept, oldest first', () => {
  const history = new History({ points: 3, series: 2 });
  for (let time = 1; time <= 5; time++) history.add(7, point(time));
  expect(history.of(7).map(({ timeMs, value }) => [timeMs, value])).toEqual([
    [3, 1.5],
    [4, 2],
    [5, 2.5],
  ]);
  expect(history.of(7)[0]).toEqual(point(3));
});

test('the oldest history goes when there are too many series', () => {
  const history = new History({ points: 3, series: 2 });
  for (const slot of [1, 2, 3]) history.add(slot, point(slot));
  expect([history.size, history.of(1), history.of(3).length]).toEqual([2, [], 1]);
});

test('nothing is kept where nothing is wanted', () => {
  const history = new History({ points: 0, series: 2 });
  history.add(1, point(1));
  expect(history.of(1)).toEqual([]);
});
