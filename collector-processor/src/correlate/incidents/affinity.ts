import type { Incident, MemberAnomaly, OutsideAlert, ServicePart } from '../../model/incident.ts';
import type { Place } from '../../model/service-link.ts';

/** Who is next to whom, as learned from telemetry. */
export interface Neighbourhood {
  /** Calls between two services, in either direction; 0 for the same, Infinity without a way of at most `most` calls. */
  distance(place: Place, pair: readonly [string, string], most: number): number;
  /** Whether a service runs on a host or node, or in a zone. */
  runsAt(place: Place, service: string, where: string): boolean;
}

export interface Around {
  readonly around: Neighbourhood;
  /** The nearness of two odd stretches falls to a third in this time, in milliseconds. */
  readonly joinWithin: number;
}

/** Below this an anomaly is a trouble of its own. */
export const BELONGS = 0.3;
/** From here on it ties two incidents together: they are one. */
export const TIES = 0.5;
/** What is said of a host, and a service there that turns odd at the same time. */
const PLACED = 0.8;
/** Two that a host has in common turn odd within a few minutes, or not because of it. */
const ONSET_MS = 2 * 60_000;
/** Services that are further apart by calls have nothing to do with each other. */
const REACH = 2;
const nearByCalls = [1, 0.8, 0.45] as const;

/**
 * How much an anomaly belongs to an incident, 0 to 1: the greatest over the services that are in it of nearness (by calls, or
 * by a trace that shows both) times nearness in time. Environments are kept apart.
 */
export function affinity(anomaly: MemberAnomaly, incident: Incident, { around, joinWithin }: Around): number {
  let best = 0;
  const own = { around, tenant: incident.tenant };
  for (const part of incident.services.values()) {
    best = Math.max(best, PLACED * inOnset(anomaly, part) * Number(isWhere(anomaly, part, own)));
    if (part.environment !== anomaly.environment) continue;
    const inTime = Math.exp(-gapMs(anomaly, part) / joinWithin);
    if (inTime > best) best = Math.max(best, inTime * nearness(anomaly, part, own));
  }
  for (const place of incident.places.values()) {
    const runs = around.runsAt(
      { tenant: incident.tenant, environment: anomaly.environment },
      anomaly.service,
      place.name,
    );
    if (runs) best = Math.max(best, PLACED * inOnset(anomaly, place));
  }
  for (const alert of incident.alerts.values()) {
    if (alert.service !== anomaly.service || !isSameEnvironment(alert, anomaly)) continue;
    best = Math.max(
      best,
      Math.exp(-gapMs(anomaly, { startMs: alert.startMs, endMs: alert.endMs ?? Infinity }) / joinWithin),
    );
  }
  return best;
}

/** Alerts may name no environment: then it is any. */
function isSameEnvironment({ environment = '' }: OutsideAlert, other: { readonly environment?: string }): boolean {
  return environment === '' || (other.environment ?? '') === '' || environment === other.environment;
}

/** The incident of the alert's service, else the first one a call away. */
export function nearestToAlert<One extends Incident>(
  alert: OutsideAlert,
  incidents: readonly One[],
  around: Neighbourhood,
): One | undefined {
  const { service } = alert;
  const calls = (one: One): number => {
    const places = [...one.services.values()]
      .filter((part) => isSameEnvironment(alert, part))
      .map(({ service: own, environment }) => around.distance({ tenant: one.tenant, environment }, [own, service], 1));
    const isSame = [...one.alerts.values()].some(
      (other) => other.service === service && isSameEnvironment(alert, other),
    );
    return Math.min(isSame ? 0 : Infinity, ...places);
  };
  const near = incidents.map((incident) => ({ incident, calls: calls(incident) })).filter((one) => one.calls <= 1);
  return near.sort((left, right) => left.calls - right.calls)[0]?.incident;
}

interface Near {
  readonly around: Neighbourhood;
  readonly tenant: string;
}

/** Whether an anomaly is about the host, node or zone where a service runs. */
function isWhere(
  { places = [] }: MemberAnomaly,
  { service, environment }: ServicePart,
  { around, tenant }: Near,
): boolean {
  return places.some((name) => around.runsAt({ tenant, environment }, service, name));
}

/** 1 when both began at the same time. */
function inOnset({ startMs }: MemberAnomaly, other: { readonly startMs: number }): number {
  return Math.exp(-Math.abs(startMs - other.startMs) / ONSET_MS);
}

/** Milliseconds between two stretches of time; 0 when they overlap. */
function gapMs({ startMs, endMs, state }: MemberAnomaly, part: Pick<ServicePart, 'startMs' | 'endMs'>): number {
  return Math.max(0, startMs - part.endMs, part.startMs - (state === 'open' ? Infinity : endMs));
}

function nearness({ service, environment, exampleTraceIds }: MemberAnomaly, part: ServicePart, near: Near): number {
  if (service === part.service || exampleTraceIds.some((id) => part.traceIds.has(id))) return 1;
  return nearByCalls[near.around.distance({ tenant: near.tenant, environment }, [service, part.service], REACH)] ?? 0;
}
