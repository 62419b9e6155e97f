import { expect, test } from '@jest/globals';
import { formatValue } from './format-value';

const ratio = { signal: 'traces', measure: 'error_ratio' } as const;
const bytes = { signal: 'metrics', measure: 'value', unit: 'By' } as const;
const duration = { signal: 'traces', measure: 'p95' } as const;

test.each([
  [ratio, 0.004, '0.4%'],
  [ratio, 0.142, '14.2%'],
  [ratio, 0, '0%'],
  [ratio, 1, '100%'],
  [bytes, 210 * 1_048_576, '210 MiB'],
  [duration, 840e6, '840 ms'],
  [duration, 1.5e9, '1.5 s'],
  [ratio, null, undefined],
] as const)('%j of %p is written %p', (series, value, text) => {
  expect(formatValue(series, value)).toBe(text);
});
