import { type Fault, failing } from './fault.ts';

/** What checkout depends on fails for three of ten price look-ups. */
export const errors: Fault = {
  name: 'errors',
  title: 'catalog refuses 30 % of the price look-ups that checkout needs',
  service: 'catalog',
  cause: 'error',
  caller: 'checkout',
  disturbs: ['catalog', 'checkout', 'storefront', 'payment', 'order-queue', 'fulfilment'],
  expect: failing,
  durationMs: 25_000,
  recoveryMs: 12_000,
  inject: (shop) => shop.tell('catalog', { priceFailures: 0.3 }),
  recover: (shop) => shop.tell('catalog', { priceFailures: 0 }),
};
