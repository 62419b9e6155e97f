import { expect, test } from '@jest/globals';
import { ruledNeighbourhood } from './ruled-neighbourhood.ts';

const place = { tenant: '', environment: '' };
/** a → b → c, and d by itself. */
const learned = {
  runsAt: (_place: unknown, service: string, where: string) => service === 'a' && where === 'host',
  distance: (_place: unknown, [left, right]: readonly [string, string]) =>
    [left, right].includes('d') ? Infinity : Math.abs(left.charCodeAt(0) - right.charCodeAt(0)),
};
const ruled = (rules: { together?: string[][]; apart?: string[][] }) =>
  ruledNeighbourhood(learned, { together: [], apart: [], ...rules });

test('without rules what was learned stands', () => {
  const around = ruled({});
  expect([around.distance(place, ['a', 'c'], 2), around.runsAt(place, 'a', 'host')]).toEqual([2, true]);
});

test('services that belong together count as if one called the other, others do not', () => {
  const around = ruled({ together: [['a', 'd*']] });
  expect([around.distance(place, ['d-2', 'a'], 2), around.distance(place, ['b', 'd'], 2)]).toEqual([1, Infinity]);
});

test('calls between services that are apart do not count, and each stays one with itself', () => {
  const around = ruled({ apart: [['*']], together: [['a', 'b']] });
  expect([around.distance(place, ['a', 'b'], 2), around.distance(place, ['a', 'a'], 2)]).toEqual([Infinity, 0]);
});

test('a name is no pattern beyond its stars', () => {
  const around = ruled({ together: [['d.x', 'a']] });
  expect(around.distance(place, ['d-x', 'a'], 2)).not.toBe(1);
});
