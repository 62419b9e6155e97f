import type { Incident, MemberAnomaly, ServicePart } from '../../model/incident.ts';

/** Who is next to whom, as learned from telemetry. */
export interface Neighbourhood {
  /** Calls between two services, in either direction; 0 for the same, Infinity without a way of at most `most` calls. */
  distance(place: Place, pair: readonly [string, string], most: number): number;
}

export interface Around {
  readonly around: Neighbourhood;
  /** The nearness of two odd stretches falls to a third in this time, in milliseconds. */
  readonly joinWithin: number;
}

/** Services of one name are one only within it. */
export interface Place {
  readonly tenant: string;
  readonly environment: string;
}

/** Below this an anomaly is a trouble of its own. */
export const BELONGS = 0.3;
/** Services that are further apart by calls have nothing to do with each other. */
const REACH = 2;
const nearByCalls = [1, 0.8, 0.45] as const;

/**
 * How much an anomaly belongs to an incident, 0 to 1: the greatest over the services that are in it of nearness (by calls, or
 * by a trace that shows both) times nearness in time. Environments are kept apart.
 */
export function affinity(anomaly: MemberAnomaly, incident: Incident, { around, joinWithin }: Around): number {
  let best = 0;
  for (const part of incident.services.values()) {
    if (part.environment !== anomaly.environment) continue;
    const inTime = Math.exp(-gapMs(anomaly, part) / joinWithin);
    if (inTime > best) best = Math.max(best, inTime * nearness(anomaly, part, { around, tenant: incident.tenant }));
  }
  return best;
}

interface Near {
  readonly around: Neighbourhood;
  readonly tenant: string;
}

/** Milliseconds between two stretches of time; 0 when they overlap. */
function gapMs({ startMs, endMs, state }: MemberAnomaly, part: ServicePart): number {
  return Math.max(0, startMs - part.endMs, part.startMs - (state === 'open' ? Infinity : endMs));
}

function nearness({ service, environment, exampleTraceIds }: MemberAnomaly, part: ServicePart, near: Near): number {
  if (service === part.service || exampleTraceIds.some((id) => part.traceIds.has(id))) return 1;
  return nearByCalls[near.around.distance({ tenant: near.tenant, environment }, [service, part.service], REACH)] ?? 0;
}
