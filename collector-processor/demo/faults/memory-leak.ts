import type { Fault } from './fault.ts';

const LEAK_BYTES = 512 * 1024;

/** Catalog keeps every search result it ever made: about six MiB more each second, real memory, up to its limit. */
export const memoryLeak: Fault = {
  name: 'memory-leak',
  title: 'catalog keeps 512 KiB of each search',
  service: 'catalog',
  disturbs: ['catalog'],
  expect: [{ signal: 'metrics', measures: ['value'], direction: 'up', metrics: ['process.memory.usage'] }],
  durationMs: 28_000,
  recoveryMs: 15_000,
  inject: (shop) => shop.tell('catalog', { leakBytes: LEAK_BYTES }),
  recover: (shop) => shop.tell('catalog', { leakBytes: 0 }),
};
