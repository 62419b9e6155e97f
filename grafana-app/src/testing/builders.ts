import type { Anomaly, AnomalyPage } from '../api/anomalies';
import type { Change, ChangePage } from '../api/changes';
import type { Pipeline } from '../api/pipeline';
import type { Status } from '../api/status';

/** Answers of the API for tests, in the contract's own types. */
export function anAnomaly(part: Partial<Anomaly> = {}): Anomaly {
  return {
    id: '0af7651916cd43dd8448eb211c80319c',
    series: {
      id: '00000000000000a1',
      tenant: '',
      signal: 'traces',
      measure: 'error_ratio',
      service: 'checkout',
      namespace: 'shop',
      environment: 'production',
      attributes: {},
    },
    state: 'open',
    border: 'page',
    startMs: 1_760_000_000_000,
    peakMs: 1_760_000_010_000,
    endMs: 1_760_000_020_000,
    stepMs: 10_000,
    observed: 0.142,
    expected: 0.004,
    lower: 0.001,
    upper: 0.009,
    peakScore: 8.3,
    direction: 'up',
    reasons: [],
    exampleTraceIds: [],
    exampleLines: [],
    detectorVersion: '1',
    sentence: 'Error rate of checkout rose to 14.2%; expected 0.1% to 0.9%.',
    detectedAtMs: 1_760_000_014_000,
    ...part,
  };
}

export function aPage(...items: Anomaly[]): AnomalyPage {
  return { items, total: items.length, totalIsExact: true };
}

export const noChanges: ChangePage = { items: [], total: 0, totalIsExact: true };

export function aStatus(part: Partial<Status> = {}): Status {
  return {
    product: 'sentinel',
    version: '0.1.0',
    apiVersion: 1,
    instance: 'test',
    startedAtMs: 0,
    nowMs: 0,
    role: 'admin',
    coverage: { scored: 4212, learning: 38, evicted: 12, unsuitable: 6 },
    anomalies: { open: 0, paging: 0 },
    memory: { rssBytes: 1 },
    ...part,
  };
}

/** Telemetry arrived just now, unless said otherwise. */
export function aPipeline(part: Partial<Pipeline> = {}): Pipeline {
  return {
    nowMs: 1_760_000_000_000,
    lastReceivedMs: 1_760_000_000_000,
    bucketMs: 10_000,
    receivers: [],
    traffic: [],
    backends: [],
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
    timeMs: 1_759_999_970_000,
    from: '2.4.0',
    to: '2.4.1',
    source: 'resource',
    ...part,
  };
}
