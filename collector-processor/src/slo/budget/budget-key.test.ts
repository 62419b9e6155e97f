import { expect, test } from '@jest/globals';
import { budgetId, budgetKey, groupOfKey } from './budget-key.ts';

test('an objective that is not split has one budget of its own name', () => {
  expect([budgetKey('shop-errors', {}), budgetId('shop-errors', {})]).toEqual(['shop-errors', 'shop-errors']);
  expect(groupOfKey('shop-errors', 'shop-errors')).toEqual({});
});

test('a group is read from its key again, whatever its labels hold, and whatever their order was', () => {
  const group = { zone: 'a"b\n', region: 'eu:1' };
  const key = budgetKey('shop-errors', group);
  expect(groupOfKey(key, 'shop-errors')).toEqual(group);
  expect(budgetKey('shop-errors', { region: 'eu:1', zone: 'a"b\n' })).toBe(key);
});

test('a key of another objective has no group of this one', () => {
  expect(groupOfKey(budgetKey('shop-errors-slow', { region: 'eu' }), 'shop-errors')).toBeUndefined();
  expect(groupOfKey('shop-errors', 'shop-errors-slow')).toBeUndefined();
});

test('an id is read by people where it can be, and names one group alone', () => {
  expect(budgetId('shop-errors', { zone: 'a', region: 'eu' })).toBe('shop-errors:region=eu,zone=a');
  const odd = [{ path: '/pay' }, { path: '/buy' }, { path: 'a,b=c' }, { path: 'a', b: 'c' }].map((group) =>
    budgetId('shop-errors', group),
  );
  expect(new Set(odd).size).toBe(4);
  expect(odd[0]).toMatch(/^shop-errors:[0-9a-f]{16}$/);
});
