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

test('when there are too many series those that are in use stay, and the newcomer goes without', () => {
  const history = new History({ points: 3, series: 2 });
  for (let step = 0; step < 3; step++) for (const id of ['a', 'b', 'c']) history.add(id, point(step));
  expect([history.size, ...['a', 'b', 'c'].map((id) => history.of(id).length)]).toEqual([2, 3, 3, 0]);
});

test('a series that was not seen for half an hour gives its place to another', () => {
  const history = new History({ points: 3, series: 2 });
  history.add('a', point(0));
  history.add('b', { ...point(0), timeMs: 3_600_000 });
  history.add('c', { ...point(0), timeMs: 3_600_000 });
  expect(['a', 'b', 'c'].map((id) => history.of(id).length)).toEqual([0, 1, 1]);
});

test('nothing is kept where nothing is wanted', () => {
  const history = new History({ points: 0, series: 2 });
  history.add('a', point(1));
  expect(history.of('a')).toEqual([]);
});
