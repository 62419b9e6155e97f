import { HOUR_MS, MINUTE_MS } from '../series/season.ts';
import type { Sighting } from '../sighting.ts';
import type { Health } from './health.ts';
import { type servicesOf } from './shop.ts';

/** A kind of fault of a shop. `unit` is that of the magnitudes. */
export interface AilmentKind {
  readonly kind: string;
  readonly unit: string;
  readonly magnitudes: readonly number[];
  readonly lengthMs: number;
  /** Customers a second, from and to. */
  readonly perSecond: readonly [number, number];
  readonly swing: number;
  /** Every fault comes with a release, and so do as many releases without one. */
  readonly withReleases?: true;
  health(magnitude: number): Health;
  isFound(sighting: Sighting, magnitude: number, names: ReturnType<typeof servicesOf>): boolean;
}

const slow = new Set(['p50', 'p95', 'p99']);
const busy = { lengthMs: 10 * MINUTE_MS, perSecond: [0.1, 1], swing: 0.5 } as const;

const isSlow = ({ measure, direction }: Sighting): boolean => slow.has(measure) && direction === 'up';
const isFailing = ({ measure, direction }: Sighting): boolean => measure === 'error_ratio' && direction === 'up';

/** On what the API itself serves, not on what it calls. */
function isAtApi({ service, peer }: Sighting, { api }: ReturnType<typeof servicesOf>): boolean {
  return service === api && peer === '';
}

export const ailmentKinds: readonly AilmentKind[] = [
  {
    ...{ kind: 'trace_latency_p50', unit: 'times', magnitudes: [1.5, 2, 4], ...busy },
    health: (slower) => ({ slower }),
    isFound: (sighting, _magnitude, names) => isAtApi(sighting, names) && isSlow(sighting),
  },
  {
    ...{ kind: 'trace_latency_p95', unit: 'times in one of ten', magnitudes: [3, 6, 15], ...busy },
    health: (tail) => ({ tail }),
    isFound: (sighting, _magnitude, names) => isAtApi(sighting, names) && isSlow(sighting),
  },
  {
    ...{ kind: 'trace_errors', unit: 'of the requests', magnitudes: [0.05, 0.2, 0.6], ...busy },
    health: (failing) => ({ failing }),
    isFound: (sighting, _magnitude, names) => isAtApi(sighting, names) && isFailing(sighting),
  },
  {
    ...{ kind: 'trace_lost_edge', unit: 'edge', magnitudes: [1], ...busy },
    health: () => ({ isDetached: true }),
    isFound: ({ service, peer, measure, direction }, _magnitude, { api, items }) =>
      (service === items && (measure === 'silence' || (measure === 'rate' && direction === 'down'))) ||
      (service === api && peer === items && measure === 'rate' && direction === 'down'),
  },
  {
    ...{ kind: 'trace_slow_callee', unit: 'times', magnitudes: [2, 4, 10], ...busy },
    health: (slowerItems) => ({ slowerItems }),
    isFound: (sighting, _magnitude, { api, items }) =>
      (sighting.service === items || (sighting.service === api && sighting.peer === items)) && isSlow(sighting),
  },
  {
    ...{ kind: 'trace_traffic', unit: 'times', magnitudes: [0.1, 0.3, 3, 8], ...busy },
    health: (traffic) => ({ traffic }),
    isFound: ({ measure, direction }, magnitude) => measure === 'rate' && direction === (magnitude > 1 ? 'up' : 'down'),
  },
  {
    ...{
      kind: 'trace_low_traffic',
      unit: 'of the requests',
      magnitudes: [0.3, 1],
      perSecond: [0.01, 0.03],
      swing: 0.3,
    },
    lengthMs: HOUR_MS,
    health: (failing) => ({ failing }),
    isFound: (sighting, _magnitude, names) => isAtApi(sighting, names) && isFailing(sighting),
  },
  {
    ...{ kind: 'trace_quiet_nights', unit: 'of the requests', magnitudes: [0.2, 0.6], ...busy, swing: 1 },
    health: (failing) => ({ failing }),
    isFound: (sighting, _magnitude, names) => isAtApi(sighting, names) && isFailing(sighting),
  },
  {
    ...{ kind: 'trace_deploy', unit: 'of the requests', magnitudes: [0.1, 0.4], ...busy, withReleases: true },
    health: (failing) => ({ failing }),
    isFound: (sighting, _magnitude, names) => isAtApi(sighting, names) && isFailing(sighting),
  },
];
