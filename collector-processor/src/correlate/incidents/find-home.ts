import type { Incident, MemberAnomaly } from '../../model/incident.ts';
import { affinity, type Around, BELONGS, TIES } from './affinity.ts';

interface Home<One> {
  readonly home: One;
  /** They become one with it: the anomaly belongs to all of them. */
  readonly tied: readonly One[];
}

/**
 * The incident that an anomaly belongs to most. When it clearly belongs to several they are one trouble, seen from two sides until
 * now, and the oldest takes the others; what a person has parted stays apart.
 */
export function findHome<One extends Incident>(
  member: MemberAnomaly,
  incidents: readonly One[],
  around: Around,
): Home<One> | undefined {
  const near = incidents
    .map((incident) => ({ incident, belongs: affinity(member, incident, around) }))
    .filter(({ belongs }) => belongs >= BELONGS)
    .sort((left, right) => right.belongs - left.belongs || left.incident.openedAtMs - right.incident.openedAtMs);
  const [nearest] = near;
  if (nearest === undefined) return undefined;
  const tied = near
    .filter(({ incident, belongs }) => belongs >= TIES && !areApart(incident, nearest.incident))
    .map(({ incident }) => incident)
    .sort((left, right) => left.openedAtMs - right.openedAtMs || Number(left.id) - Number(right.id));
  const [home = nearest.incident, ...others] = tied;
  return { home, tied: others };
}

function areApart(one: Incident, other: Incident): boolean {
  return one.apart.has(other.id) || other.apart.has(one.id);
}
