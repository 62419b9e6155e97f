import { type Fault, slower } from './fault.ts';

/** The payment service takes five times as long for its own work. */
export const latency: Fault = {
  name: 'latency',
  title: 'payment answers five times slower',
  service: 'payment',
  cause: 'failure',
  caller: 'checkout',
  disturbs: ['payment', 'checkout', 'storefront', 'order-queue', 'fulfilment'],
  expect: slower,
  durationMs: 25_000,
  recoveryMs: 12_000,
  inject: (shop) => shop.tell('payment', { slowdown: 5 }),
  recover: (shop) => shop.tell('payment', { slowdown: 1 }),
};
