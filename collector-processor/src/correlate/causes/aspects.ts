import type { Series } from '../../model/anomaly.ts';
import type { Measure } from './cause-case.ts';

type Known = Readonly<Partial<Record<Series['measure'], Measure>>>;

/** Series of spans that a case holds: one of each kind, so that nothing counts twice. */
export const heldMeasures: Known = {
  rate: 'requests',
  error_ratio: 'errors',
  p95: 'latency',
  self_time: 'own_time',
  network_time: 'latency',
};

/** What a finding on any series of spans is about. */
export const aspects: Known = {
  ...heldMeasures,
  p50: 'latency',
  p99: 'latency',
  error_type_ratio: 'errors',
  error_trickle: 'errors',
  silence: 'silence',
};
