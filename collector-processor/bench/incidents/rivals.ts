import type { MemberAnomaly } from '../../src/model/incident.ts';
import type { ToldIncident } from './told-incident.ts';

/** Services, most suspicious first, as somebody would guess from the findings of an incident. */
export type Rival = (incident: ToldIncident) => readonly string[];

export const rivals: Readonly<Record<string, Rival>> = {
  newest_change: ({ changes }) => unique(changes.toSorted((a, b) => b.timeMs - a.timeMs).map(({ service }) => service)),
  most_alerts: (incident) => byGreatest(incident, (_one, before) => before + 1),
  largest_score: (incident) => byGreatest(incident, ({ peakScore }, before) => Math.max(before, peakScore)),
  first_odd: ({ anomalies }) =>
    unique([...anomalies.values()].toSorted((a, b) => a.startMs - b.startMs).map(({ service }) => service)),
};

function byGreatest(
  { anomalies }: ToldIncident,
  add: (one: MemberAnomaly, before: number) => number,
): readonly string[] {
  const totals = new Map<string, number>();
  for (const one of anomalies.values()) totals.set(one.service, add(one, totals.get(one.service) ?? 0));
  return [...totals].sort((left, right) => right[1] - left[1]).map(([service]) => service);
}

function unique(services: readonly string[]): readonly string[] {
  return [...new Set(services)];
}
