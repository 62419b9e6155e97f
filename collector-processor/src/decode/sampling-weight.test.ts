import { expect, test } from '@jest/globals';
import { thresholdWeight } from './sampling-weight.ts';

function weightOf(traceState: string): number {
  const bytes = Buffer.from(`##${traceState}f`);
  return thresholdWeight(bytes, 2, bytes.length - 1);
}

test.each([
  ['ot=th:0', 1],
  ['ot=th:8', 2],
  ['ot=th:c', 4],
  ['ot=th:c;rv:abcdef12345678', 4],
  ['ot=rv:abcdef12345678;th:c', 4],
  ['vendor=x,ot=th:c', 4],
  ['vendor=x, \tot=th:c  ,other=y', 4],
  ['ot=th:fd70a3d70a3d71', 100],
  ['ot=th:ffffffffffffff', 2 ** 56],
])('%s stands for %d spans', (traceState, weight) => {
  expect(weightOf(traceState)).toBeCloseTo(weight, 6);
});

test.each([
  '',
  'ot=',
  'ot=th:',
  'ot=th:xyz',
  'ot=th:C',
  'ot=th:123456789abcdef',
  'not=th:c',
  'vendor=th:c',
  'ot=xth:c',
  'o',
])('"%s" states no weight', (traceState) => {
  expect(weightOf(traceState)).toBe(0);
});
