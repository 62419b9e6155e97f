import type { Change } from '../../src/model/anomaly.ts';
import type { CauseCandidate } from '../../src/model/cause.ts';
import type { IncidentEvent, MemberAnomaly } from '../../src/model/incident.ts';

/** An incident as its timeline tells it. */
export interface ToldIncident {
  readonly id: string;
  readonly openedAtMs: number;
  readonly mergedInto: string;
  /** By id, as they were told first. */
  readonly anomalies: ReadonlyMap<string, MemberAnomaly>;
  readonly changes: readonly Change[];
  readonly rankings: readonly { readonly atMs: number; readonly candidates: readonly CauseCandidate[] }[];
}

export function toldIncidents(events: readonly IncidentEvent[]): readonly ToldIncident[] {
  return [...Map.groupBy(events, ({ incidentId }) => incidentId)].map(([id, own]) => {
    const facts = own.map(({ fact }) => fact);
    const anomalies = new Map<string, MemberAnomaly>();
    for (const fact of facts) {
      const joined = fact.kind === 'anomaly' ? [fact.anomaly] : fact.kind === 'merged' ? fact.anomalies : [];
      for (const one of joined)
        anomalies.set(one.id, { ...one, startMs: anomalies.get(one.id)?.startMs ?? one.startMs });
    }
    return {
      ...{ id, anomalies, openedAtMs: own[0]?.atMs ?? 0 },
      mergedInto: facts.findLast((fact) => fact.kind === 'merged-into')?.into ?? '',
      changes: facts.flatMap((fact) => (fact.kind === 'change' ? [fact.change] : [])),
      rankings: own.flatMap(({ atMs, fact }) =>
        fact.kind === 'causes' ? [{ atMs, candidates: fact.causes.candidates }] : [],
      ),
    };
  });
}
