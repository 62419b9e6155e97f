import type { Series } from '../../model/anomaly.ts';
import type { Measure } from './cause-case.ts';

type Known = Readonly<Partial<Record<Series['measure'], Measure>>>;

const percentiles: Known = { p50: 'latency', p95: 'latency', p99: 'latency' };

const heldMeasures: Known = {
  rate: 'requests',
  error_ratio: 'errors',
  self_time: 'own_time',
  network_time: 'latency',
};

/** Series of spans that a case holds: one of each kind, so that nothing counts twice. Latency is the percentile that the alarm is about. */
export function heldFor(alarm: Series['measure'] | undefined): Known {
  const percentile = alarm !== undefined && alarm in percentiles ? alarm : 'p95';
  return { ...heldMeasures, [percentile]: 'latency' };
}

/** What a finding on any series of spans is about. */
export const aspects: Known = {
  ...heldMeasures,
  ...percentiles,
  error_type_ratio: 'errors',
  error_trickle: 'errors',
  silence: 'silence',
};
