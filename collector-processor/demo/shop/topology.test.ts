import { expect, test } from '@jest/globals';
import { isServiceName, serviceNames } from './topology.ts';

test('only the shop’s own names are services', () => {
  expect(serviceNames.every(isServiceName)).toBe(true);
  expect(isServiceName('toString')).toBe(false);
});
