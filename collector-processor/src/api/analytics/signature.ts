import type { IncidentEvent, MemberAnomaly } from '../../model/incident.ts';

/** What an incident showed: each service with what was odd about it, and in which direction. */
export function signatureOf(timeline: readonly IncidentEvent[]): ReadonlySet<string> {
  return new Set(membersOf(timeline).map(({ service, measure, direction }) => `${service}: ${measure} ${direction}`));
}

/** Findings that are in it, as they were told last. */
export function membersOf(timeline: readonly IncidentEvent[]): readonly MemberAnomaly[] {
  const members = new Map<string, MemberAnomaly>();
  for (const { fact } of timeline) {
    if (fact.kind === 'anomaly') members.set(fact.anomaly.id, fact.anomaly);
    else if (fact.kind === 'merged') for (const one of fact.anomalies) members.set(one.id, one);
    else if (fact.kind === 'split') for (const id of fact.anomalyIds) members.delete(id);
  }
  return [...members.values()];
}

/** What both show. */
export function sharedBy(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((part) => other.has(part));
}

/** Share of all that either shows that both show; 0 when nothing is shown. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const all = new Set([...one, ...other]).size;
  return all === 0 ? 0 : sharedBy(one, other).length / all;
}
