import type { Policies } from './policies.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const any = { actions: [], services: [], environments: [], labels: {} } as const;
const shipped = { name: 'shipped', match: any } as const;

/** What applies where no policy of one's own says otherwise: slow, small, sure, and never unasked. */
export const shippedPolicies: Policies = {
  rungs: [{ ...shipped, upTo: 'suggest' }],
  confidence: [{ ...shipped, atLeast: 'high' }],
  blastRadius: [
    {
      ...shipped,
      instances: { kind: 'share', value: 0.3 },
      services: { kind: 'count', value: 1 },
    },
  ],
  coolDowns: [{ ...shipped, coolDownMs: 30 * MINUTE_MS }],
  rates: [
    { ...shipped, runs: 3, perMs: HOUR_MS, of: 'action' },
    { ...shipped, runs: 10, perMs: HOUR_MS, of: 'all' },
  ],
  concurrency: [{ ...shipped, atOnce: 1, of: 'target' }],
  canaries: [],
  approvals: [],
};
