import { expect, test } from '@jest/globals';
import { History } from './history.ts';

function point(timeMs: number) {
  return { timeMs, value: timeMs / 2, score: 0.25, ungated: 0.5, expected: 1, lower: Number.NaN, upper: 2 };
}

test('the last steps are kept, oldest first', () => {
  const history = new History({ points: 3, series: 2 });
  for (let time = 1; time <= 5; time++) history.add('a', point(time));
  expect(history.of('a').map(({ timeMs, value }) => [timeMs, value])).toEqual([
    [3, 1.5],
    [4, 2],
    [5, 2.5],
  ]);
  expect(history.of('a')[0]).toEqual(point(3));
});

test('the oldest history goes when there are too many series', () => {
  const history = new History({ points: 3, series: 2 });
  for (const [index, id] of ['a', 'b', 'c'].entries()) history.add(id, point(index));
  expect([history.size, history.of('a'), history.of('c').length]).toEqual([2, [], 1]);
});

test('nothing is kept where nothing is wanted', () => {
  const history = new History({ points: 0, series: 2 });
  history.add('a', point(1));
  expect(history.of('a')).toEqual([]);
});
