import { versions } from '../shop/topology.ts';
import { failing, type Fault, slower } from './fault.ts';

const BAD_VERSION = '1.5.0';

/** A release of payment that breaks a quarter of the charges and takes twice as long; then it is rolled back. */
export const badDeploy: Fault = {
  name: 'bad-deploy',
  title: `payment ${BAD_VERSION} replaces ${versions.payment}: it is slow and fails, and is rolled back`,
  service: 'payment',
  cause: 'change',
  caller: 'checkout',
  disturbs: ['payment', 'checkout', 'storefront', 'order-queue', 'fulfilment'],
  expect: [...failing, ...slower],
  deploys: BAD_VERSION,
  durationMs: 25_000,
  recoveryMs: 15_000,
  inject: (shop) => shop.deploy('payment', BAD_VERSION),
  recover: (shop) => shop.deploy('payment', versions.payment),
};
