import { expect, test } from '@jest/globals';
import { ByteBudget, Charge } from './byte-budget.ts';

test('a charge counts for its connection and for all, and gives everything back', () => {
  const all = new ByteBudget(100);
  const connection = new ByteBudget(60);
  const charge = new Charge(connection, all);
  expect(charge.take(50)).toBe(true);
  expect([connection.used, all.used]).toEqual([50, 50]);
  charge.shrinkTo(20);
  expect([connection.used, all.used]).toEqual([20, 20]);
  charge.shrinkTo(30);
  expect(all.used).toBe(20);
  charge.end();
  expect([connection.used, all.used]).toEqual([0, 0]);
});

test('what does not fit takes nothing and says why', () => {
  const all = new ByteBudget(100);
  const connection = new ByteBudget(60);
  const first = new Charge(connection, all);
  first.take(40);
  const second = new Charge(connection, all);
  expect(second.take(30)).toBe(false);
  expect(second.refusedBy).toBe('connection_full');
  const elsewhere = new Charge(new ByteBudget(100), all);
  expect(elsewhere.take(70)).toBe(false);
  expect(elsewhere.refusedBy).toBe('full');
  expect(all.used).toBe(40);
});

test('what would not fit into an empty budget is too large', () => {
  const all = new ByteBudget(1000);
  const charge = new Charge(new ByteBudget(60), all);
  charge.take(10);
  expect(charge.take(51)).toBe(false);
  expect(charge.refusedBy).toBe('too_large');
});

test('while memory is scarce less fits, for now', () => {
  const all = new ByteBudget(100);
  const held = new Charge(new ByteBudget(100), all);
  held.take(40);
  all.allow(10);
  const charge = new Charge(new ByteBudget(100), all);
  expect(charge.take(11)).toBe(false);
  expect(charge.refusedBy).toBe('full');
  expect(charge.take(10)).toBe(true);
  held.end();
  expect(new Charge(new ByteBudget(100), all).take(40)).toBe(true);
  all.allow(0, 95);
  expect(new Charge(new ByteBudget(100), all).take(45)).toBe(true);
  all.allow(Infinity);
  expect(new Charge(new ByteBudget(100), all).take(5)).toBe(true);
});

test('an ended charge takes no more', () => {
  const all = new ByteBudget(100);
  const charge = new Charge(all, new ByteBudget(100));
  charge.end();
  expect(charge.take(1)).toBe(false);
  expect(all.used).toBe(0);
});
