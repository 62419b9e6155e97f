import type { Fault } from './fault.ts';

const FROZEN_MS = 25_000;
/** The measure of silence is how long it lasts. */
const longerSilence = { measures: ['silence'], direction: 'up' } as const;

/** The worker behind the queue hangs: it neither works nor reports, and orders pile up. It wakes by itself. */
export const silentService: Fault = {
  name: 'silent-service',
  title: 'fulfilment hangs: no work, no telemetry',
  service: 'fulfilment',
  cause: 'failure',
  caller: 'order-queue',
  disturbs: ['fulfilment', 'order-queue'],
  expect: [
    { signal: 'traces', measures: ['rate'], direction: 'down' },
    { signal: 'logs', measures: ['severity_rate', 'template_rate'], direction: 'down' },
    ...(['traces', 'metrics', 'logs'] as const).map((signal) => ({ signal, ...longerSilence })),
    {
      signal: 'metrics',
      measures: ['value'],
      direction: 'up',
      metrics: ['shop.queue.depth', 'shop.queue.oldest_age'],
    },
  ],
  durationMs: FROZEN_MS,
  recoveryMs: 15_000,
  inject: (shop) => shop.freeze('fulfilment', FROZEN_MS),
  recover: () => Promise.resolve(),
};
