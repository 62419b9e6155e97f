import type { IncidentDetail, IncidentEvent, IncidentPage, IncidentSummary, MemberAnomaly } from '../api/incidents';
import { aChange } from './builders';

/** Answers of the API about incidents for tests, in the contract's own types. */
export function anIncident(part: Partial<IncidentSummary> = {}): IncidentSummary {
  return {
    id: '121',
    tenant: '',
    state: 'open',
    severity: 'major',
    title: 'Errors in checkout',
    owner: '',
    openedAtMs: 1_760_000_014_000,
    stateSinceMs: 1_760_000_014_000,
    startMs: 1_760_000_000_000,
    endMs: 1_760_000_020_000,
    firing: 1,
    services: ['checkout', 'payment'],
    anomalies: 2,
    cause: {
      kind: 'change',
      title: 'Deploy of payment 2.4.1',
      service: 'payment',
      verdict: 'supported',
      confidence: 'high',
    },
    demoted: '',
    mergedInto: '',
    ...part,
  };
}

export function anIncidentPage(...items: IncidentSummary[]): IncidentPage {
  return { items, total: items.length, totalIsExact: true };
}

export function aMember(part: Partial<MemberAnomaly> = {}): MemberAnomaly {
  return {
    id: '0af7651916cd43dd8448eb211c80319c',
    state: 'open',
    border: 'page',
    startMs: 1_760_000_000_000,
    peakMs: 1_760_000_010_000,
    endMs: 1_760_000_020_000,
    peakScore: 8.3,
    direction: 'up',
    sentence: 'Error rate of checkout rose to 14.2%; expected 0.1% to 0.9%.',
    exampleTraceIds: [],
    service: 'checkout',
    environment: 'production',
    signal: 'traces',
    measure: 'error_ratio',
    seriesId: '00000000000000a1',
    ...part,
  };
}

export type Fact = IncidentEvent['fact'];

export function aTimeline(...facts: Fact[]): IncidentEvent[] {
  return facts.map((fact, index) => ({
    incidentId: '121',
    sequence: index + 1,
    atMs: 1_760_000_014_000 + index * 1000,
    actor: '',
    fact,
  }));
}

export const theCauses: Extract<Fact, { kind: 'causes' }> = {
  kind: 'causes',
  causes: {
    caseId: 'c1',
    version: '1',
    candidates: [
      {
        kind: 'change',
        title: 'Deploy of payment 2.4.1',
        service: 'payment',
        verdict: 'supported',
        confidence: 'high',
        supporting: [
          {
            sentence: 'Error rate of checkout 14.2%, expected 0.1% to 0.9%',
            fromMs: 1_760_000_000_000,
            toMs: 1_760_000_020_000,
            seriesId: '00000000000000a1',
          },
        ],
        contradicting: [],
        missing: [],
      },
      {
        kind: 'saturation',
        title: 'Connection pool of orders-db',
        service: 'orders-db',
        verdict: 'undecided',
        confidence: '',
        supporting: [],
        contradicting: [],
        missing: ['No metrics of orders-db.'],
      },
    ],
  },
};

export function aDetail(part: Partial<IncidentDetail> = {}): IncidentDetail {
  return {
    incident: anIncident(),
    allowed: ['acknowledge', 'mitigate', 'close', 'assign'],
    timeline: aTimeline(
      { kind: 'opened', tenant: '' },
      { kind: 'change', change: aChange() },
      { kind: 'anomaly', anomaly: aMember() },
      {
        kind: 'anomaly',
        anomaly: aMember({ id: 'b', service: 'payment', sentence: 'p95 of payment rose.', seriesId: 'b' }),
      },
      theCauses,
    ),
    ...part,
  };
}
