import { expect, test } from '@jest/globals';
import { anAnomaly } from '../../testing/builders';
import { adopt, hold } from './held-rows';

const [a, b, c] = ['a', 'b', 'c'].map((id) => anAnomaly({ id })) as [Row, Row, Row];
type Row = ReturnType<typeof anAnomaly>;

test('a new one waits and moves nothing', () => {
  const held = hold(adopt('k', [a, b]), 'k', [c, a, b]);
  expect(held).toMatchObject({ rows: [{ id: 'a' }, { id: 'b' }], waiting: 1 });
});

test('values change in place though the answer has another order', () => {
  const held = hold(adopt('k', [a, b]), 'k', [{ ...b, peakScore: 99 }, a]);
  expect(held.rows.map(({ id, peakScore }) => [id, peakScore])).toEqual([
    ['a', 8.3],
    ['b', 99],
  ]);
});

test('a row that no longer fits stays, marked', () => {
  expect(hold(adopt('k', [a, b]), 'k', [a]).rows).toMatchObject([{ id: 'a' }, { id: 'b', left: true }]);
});

test('a row that fits again loses the mark', () => {
  const without = hold(adopt('k', [a, b]), 'k', [a]);
  expect(hold(without, 'k', [a, b]).rows[1]).not.toHaveProperty('left');
});

test('another question is answered at once, and an empty list fills by itself', () => {
  expect(hold(adopt('k', [a]), 'other', [b])).toEqual(adopt('other', [b]));
  expect(hold(adopt('k', []), 'k', [b])).toEqual(adopt('k', [b]));
});
