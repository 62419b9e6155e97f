import { expect, test } from '@jest/globals';
import { formatDuration, formatNumber, formatShare, formatWithUnit } from './units.ts';

test.each([
  [0, '0'],
  [1234.5, '1235'],
  [12.345, '12.3'],
  [0.000012, '1.20e-5'],
  [1e18, '1.00e+18'],
  [-3.14159, '-3.14'],
])('number %d', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [0, '0 ns'],
  [1500, '1.5 µs'],
  [2.5e9, '2.5 s'],
  [5.4e12, '90 min'],
])('duration %d', (nanoseconds, text) => {
  expect(formatDuration(nanoseconds)).toBe(text);
});

test.each([
  [0.3, '30 %'],
  [0.0004, '0.04 %'],
  [1, '100 %'],
])('share %d', (share, text) => {
  expect(formatShare(share)).toBe(text);
});

test.each([
  [1536, 'By', '1.5 KiB'],
  [12, '{request}', '12'],
  [3, '1', '3'],
  [250, 'ms', '250 ms'],
  [21.5, 'Cel', '21.5 Cel'],
])('%d %s', (value, unit, text) => {
  expect(formatWithUnit(value, unit)).toBe(text);
});
