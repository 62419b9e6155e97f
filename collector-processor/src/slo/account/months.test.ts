import { expect, test } from '@jest/globals';
import { lastMonth, monthRange } from './months.ts';

test('a month begins and ends by the clocks of its place, also where these are changed in it', () => {
  expect(monthRange('2026-03', 'Europe/Berlin')).toEqual({
    fromMs: Date.parse('2026-02-28T23:00:00Z'),
    toMs: Date.parse('2026-03-31T22:00:00Z'),
  });
  expect(monthRange('2026-12', 'UTC').toMs).toBe(Date.parse('2027-01-01T00:00:00Z'));
});

test('the last month is the one that is over there', () => {
  expect(lastMonth(Date.parse('2026-03-31T23:00:00Z'), 'UTC')).toBe('2026-02');
  expect(lastMonth(Date.parse('2026-03-31T23:00:00Z'), 'Europe/Berlin')).toBe('2026-03');
  expect(lastMonth(Date.parse('2026-01-15T00:00:00Z'), 'UTC')).toBe('2025-12');
});
