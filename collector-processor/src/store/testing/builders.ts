import type { AnnotationRecord } from '../../model/annotation-ledger.ts';
import type { Anomaly, Change, Series } from '../../model/anomaly.ts';
import type { IncidentSummary } from '../../model/incident.ts';

export const NOON = Date.UTC(2026, 10, 21, 12);

export function aSeries(part: Partial<Series> = {}): Series {
  return {
    id: '00f1a2b3c4d5e6f7',
    tenant: '',
    signal: 'traces',
    measure: 'error_ratio',
    service: 'checkout',
    namespace: 'shop',
    environment: 'production',
    operation: 'POST /orders',
    attributes: {},
    ...part,
  };
}

/** The same of the service as a whole. */
export function wholeOf(series: Series): Series {
  const { operation, ...whole } = series;
  return operation === undefined ? series : whole;
}

/** Ids from a number, so that a test can tell them apart. */
export function findingId(number: number): string {
  return number.toString(16).padStart(32, '0');
}

export function anAnomaly(part: Partial<Anomaly> = {}): Anomaly {
  return {
    id: findingId(1),
    series: aSeries(),
    state: 'open',
    border: 'notice',
    startMs: NOON,
    peakMs: NOON + 10_000,
    endMs: NOON + 20_000,
    stepMs: 10_000,
    observed: 0.142,
    expected: 0.004,
    lower: 0.001,
    upper: 0.009,
    peakScore: 8.3,
    direction: 'up',
    reasons: [{ detector: 'robust', score: 8.3, agreed: true, text: 'far from the median' }],
    exampleTraceIds: ['0af7651916cd43dd8448eb211c80319c'],
    exampleLines: ['payment of *** failed'],
    detectorVersion: '1',
    sentence: 'Error ratio of checkout rose to 14.2%; expected 0.1% to 0.9%.',
    detectedAtMs: NOON + 12_000,
    ...part,
  };
}

export function aChange(part: Partial<Change> = {}): Change {
  return {
    id: 'deploy-1',
    tenant: '',
    kind: 'deploy',
    service: 'payment',
    environment: 'production',
    timeMs: NOON,
    from: '2.4.0',
    to: '2.4.1',
    source: 'resource',
    ...part,
  };
}

export function anAnnotation(part: Partial<AnnotationRecord> = {}): AnnotationRecord {
  return {
    key: 'sentinel-1',
    state: 'intended',
    startMs: NOON,
    text: 'error ratio of checkout',
    tags: ['sentinel:anomaly', 'service:checkout'],
    dirty: true,
    updatedAtMs: NOON,
    ...part,
  };
}

export function anIncident(part: Partial<IncidentSummary> = {}): IncidentSummary {
  return {
    id: '1',
    tenant: '',
    state: 'open',
    severity: 'major',
    title: 'Errors in checkout',
    owner: '',
    openedAtMs: NOON,
    stateSinceMs: NOON,
    startMs: NOON,
    endMs: NOON + 60_000,
    firing: 1,
    services: ['checkout'],
    anomalies: 3,
    demoted: '',
    mergedInto: '',
    ...part,
  };
}
