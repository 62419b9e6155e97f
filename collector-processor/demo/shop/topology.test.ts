import { expect, test } from '@jest/globals';
import { directCallers, isServiceName, serviceNames } from './topology.ts';

test('the direct callers of a service are those that ask it or hand it work', () => {
  expect(directCallers('payment')).toEqual(['checkout']);
  expect(directCallers('catalog')).toEqual(['storefront', 'checkout']);
  expect(directCallers('fulfilment')).toEqual(['order-queue']);
  expect(directCallers('storefront')).toEqual([]);
});

test('only the shop’s own names are services', () => {
  expect(serviceNames.every(isServiceName)).toBe(true);
  expect(isServiceName('toString')).toBe(false);
});
