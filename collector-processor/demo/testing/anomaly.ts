import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Series } from '../../src/contract/series.ts';

export interface AnomalyPlan extends Partial<Omit<Anomaly, 'series'>> {
  readonly series?: Partial<Series>;
}

/** A finding on payment's latency that began at 10.000 s and was raised by the bucket that ended at 11.000 s. */
export function anomaly({ series, ...plan }: AnomalyPlan = {}): Anomaly {
  return {
    id: '0123456789abcdef0123456789abcdef',
    series: {
      id: '0123456789abcdef',
      tenant: '',
      signal: 'traces',
      measure: 'p95',
      service: 'payment',
      namespace: 'shop',
      environment: 'demo',
      operation: 'POST /charges',
      attributes: {},
      ...series,
    },
    state: 'open',
    border: 'notice',
    startMs: 10_000,
    peakMs: 11_000,
    endMs: 11_000,
    stepMs: 1_000,
    observed: 200,
    expected: 40,
    lower: 30,
    upper: 60,
    peakScore: 4,
    direction: 'up',
    reasons: [],
    exampleTraceIds: [],
    exampleLines: [],
    detectorVersion: '1',
    sentence: 'p95 of POST /charges in payment rose to 200 ms; 40 ms was expected.',
    detectedAtMs: 12_500,
    ...plan,
  };
}
