import type { Fault } from './fault.ts';

const LEAK_BYTES = 768 * 1024;

/** Catalog keeps every search result it ever made: about eleven MiB more each second, real memory, up to its limit. */
export const memoryLeak: Fault = {
  name: 'memory-leak',
  title: 'catalog keeps 768 KiB of each search',
  service: 'catalog',
  cause: 'saturation',
  // Collecting so much garbage takes time, and everybody asks the catalog.
  disturbs: ['catalog', 'storefront', 'checkout'],
  expect: [{ signal: 'metrics', measures: ['value'], direction: 'up', metrics: ['process.memory.usage'] }],
  durationMs: 22_000,
  recoveryMs: 15_000,
  inject: (shop) => shop.tell('catalog', { leakBytes: LEAK_BYTES }),
  recover: (shop) => shop.tell('catalog', { leakBytes: 0 }),
};
