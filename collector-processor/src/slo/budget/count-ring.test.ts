import { expect, test } from '@jest/globals';
import { CountRing } from './count-ring.ts';
import { lowerShareOf, shareOf } from './counts.ts';

const minute = 60_000;

test('counts of a minute come together, and sums take whole minutes', () => {
  const ring = new CountRing({ length: 10 });
  ring.add(5 * minute + 1, { total: 10, bad: 1 });
  ring.add(5 * minute + 59_000, { total: 5, bad: 0 });
  ring.add(7 * minute, { total: 1, bad: 1 });
  expect(ring.at(5 * minute)).toEqual({ total: 15, bad: 1 });
  expect(ring.sum(5 * minute, 7 * minute)).toEqual({ total: 15, bad: 1 });
  expect(ring.sum(0, 8 * minute)).toEqual({ total: 16, bad: 2 });
});

test('old minutes make room for new ones and are not counted for those', () => {
  const ring = new CountRing({ length: 3 });
  ring.add(0, { total: 1, bad: 1 });
  ring.add(2 * minute, { total: 2, bad: 0 });
  expect(ring.sum(0, 3 * minute)).toEqual({ total: 3, bad: 1 });
  ring.add(3 * minute, { total: 4, bad: 0 });
  expect(ring.sum(0, 4 * minute)).toEqual({ total: 6, bad: 0 });
  expect(ring.add(0, { total: 9, bad: 9 })).toBe(false);
  ring.add(100 * minute, { total: 1, bad: 0 });
  expect(ring.sum(0, 101 * minute)).toEqual({ total: 1, bad: 0 });
  expect(ring.sinceMs).toBe(98 * minute);
});

test('of few events a share says little', () => {
  expect(shareOf({ total: 0, bad: 0 })).toBeUndefined();
  expect(lowerShareOf({ total: 0, bad: 0 })).toBe(0);
  expect(lowerShareOf({ total: 1, bad: 1 })).toBeCloseTo(0.27, 2);
  expect(lowerShareOf({ total: 10_000, bad: 200 })).toBeCloseTo(0.0178, 4);
  expect(lowerShareOf({ total: 100, bad: 0 })).toBe(0);
});

test('sums over whole hours are those of their minutes, also after old ones were overwritten', () => {
  const ring = new CountRing({ length: 200 });
  const plain = new Map<number, { total: number; bad: number }>();
  let seed = 7;
  const random = (below: number) => (seed = (seed * 16_807) % 2_147_483_647) % below;
  let at = 1_000;
  for (let round = 0; round < 3_000; round++) {
    at += random(3) === 0 ? random(round % 500 === 0 ? 400 : 4) : 0;
    const one = at - random(50);
    const counts = { total: random(100), bad: random(5) };
    const known = plain.get(one) ?? { total: 0, bad: 0 };
    const isSet = random(4) === 0;
    const next = isSet ? counts : { total: known.total + counts.total, bad: known.bad + counts.bad };
    expect(isSet ? ring.set(one * minute, counts) : ring.add(one * minute, counts)).toBe(true);
    plain.set(one, next);
    const from = at - 199 + random(100);
    const to = from + random(150);
    const within = [...plain].filter(([key]) => key >= from && key < to && key > at - 200);
    const sum = within.reduce((all, [, { total }]) => all + total, 0);
    const bad = within.reduce((all, [, counted]) => all + counted.bad, 0);
    expect(ring.sum(from * minute, to * minute)).toEqual({ total: sum, bad });
    expect(ring.knownMinutes({ fromMs: from * minute, toMs: to * minute })).toBe(within.length);
  }
});

test('minutes that nobody counted are gaps; a count of nothing is none', () => {
  const ring = new CountRing({ length: 100 });
  ring.set(10 * minute, { total: 0, bad: 0 });
  ring.set(13 * minute, { total: 5, bad: 1 });
  expect(ring.at(11 * minute)).toBeUndefined();
  expect(ring.gaps({ fromMs: 9 * minute, toMs: 15 * minute })).toEqual([
    { fromMs: 9 * minute, toMs: 10 * minute },
    { fromMs: 11 * minute, toMs: 13 * minute },
    { fromMs: 14 * minute, toMs: 15 * minute },
  ]);
  expect(ring.knownMinutes({ fromMs: 0, toMs: 20 * minute })).toBe(2);
});
