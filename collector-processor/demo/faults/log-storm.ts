import type { Fault } from './fault.ts';

const LINES_PER_SECOND = 50;

/** Storefront loses its session store and says so, fifty times a second, in words it never used before. */
export const logStorm: Fault = {
  name: 'log-storm',
  title: `storefront logs a new kind of error ${LINES_PER_SECOND} times a second`,
  service: 'storefront',
  cause: 'error',
  disturbs: ['storefront'],
  expect: [{ signal: 'logs', measures: ['new_template', 'template_rate', 'severity_rate'], direction: 'up' }],
  durationMs: 20_000,
  recoveryMs: 12_000,
  inject: (shop) => shop.tell('storefront', { logStorm: LINES_PER_SECOND }),
  recover: (shop) => shop.tell('storefront', { logStorm: 0 }),
};
