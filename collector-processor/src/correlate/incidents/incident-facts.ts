import type { Incident, IncidentSummary, MemberAnomaly, Severity } from '../../model/incident.ts';
import type { SloCrossing } from '../../model/slo-crossing.ts';

export function summaryOf(incident: Incident): IncidentSummary {
  const { id, tenant, state, owner, openedAtMs, stateSinceMs, demoted, repeats, mergedInto, anomalies } = incident;
  return {
    ...{ id, tenant, state, owner, openedAtMs, stateSinceMs, demoted, mergedInto },
    ...(demoted === '' ? {} : { repeats }),
    ...spanOf(incident),
    severity: severityOf(incident),
    title: titleOf(incident),
    firing: firing(incident),
    services: servicesOf(incident),
    anomalies: anomalies.size,
    ...leadOf(incident),
    ...(incident.impact === undefined ? {} : { impact: incident.impact }),
    ...headlineOf(incident),
  };
}

function headlineOf({ causes }: Incident): Pick<IncidentSummary, 'candidates' | 'cause'> {
  if (causes === undefined) return {};
  const candidates = causes.candidates.length;
  const [first] = causes.candidates;
  if (first === undefined) return { candidates };
  const { kind, title, service, verdict, confidence, supporting } = first;
  const atMs = kind === 'change' ? supporting[0]?.fromMs : undefined;
  const at = atMs === undefined ? {} : { atMs };
  return { candidates, cause: { kind, title, service, verdict, confidence, ...at } };
}

/** The strongest that crossed the page border, else the strongest. */
function leadOf({ anomalies }: Incident): Pick<IncidentSummary, 'lead'> {
  let best: MemberAnomaly | undefined;
  for (const one of anomalies.values()) if (best === undefined || outranks(one, best)) best = one;
  if (best === undefined) return {};
  const { id, seriesId, sentence } = best;
  return { lead: { id, seriesId, sentence } };
}

function outranks(one: MemberAnomaly, other: MemberAnomaly): boolean {
  if (one.border !== other.border) return one.border === 'page';
  return one.peakScore > other.peakScore;
}

/** Anomalies and alerts that go on. */
export function firing({ anomalies, alerts }: Incident): number {
  const odd = [...anomalies.values()].filter(({ state }) => state === 'open').length;
  return odd + [...alerts.values()].filter(({ endMs }) => endMs === undefined).length;
}

/** First and last moment that was odd. */
export function spanOf({ anomalies, alerts, openedAtMs }: Incident) {
  let [startMs, endMs] = [openedAtMs, -Infinity];
  for (const one of [...anomalies.values(), ...alerts.values()]) {
    startMs = Math.min(startMs, one.startMs);
    endMs = Math.max(endMs, one.startMs, one.endMs ?? one.startMs);
  }
  return { startMs, endMs: Math.max(startMs, endMs) };
}

/** Services by how much of it is theirs: the sum of their members' scores, greatest first; then those of alerts alone. */
function servicesOf({ anomalies, alerts }: Incident): readonly string[] {
  const totals = new Map<string, number>();
  for (const { service } of alerts.values()) totals.set(service, 0);
  for (const { service, peakScore } of anomalies.values()) totals.set(service, (totals.get(service) ?? 0) + peakScore);
  return [...totals].sort((left, right) => right[1] - left[1] || order(left[0], right[0])).map(([service]) => service);
}

/** Services that have to be hit for an incident to be critical. */
const MANY_SERVICES = 3;

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'major', 'minor'];

/** The worst of what its findings, its alerts and its impact say. */
export function severityOf(incident: Incident): Severity {
  const told = [...incident.alerts.values()].map(({ severity = 'minor' }) => severity);
  const all = [severityOfFindings(incident), incident.impact?.severity ?? 'minor', ...told];
  return severities.find((one) => all.includes(one)) ?? 'minor';
}

/** Only what crossed the page border is more than minor; critical is what did so in several services. */
function severityOfFindings({ anomalies }: Incident): Severity {
  const paging = new Set(
    [...anomalies.values()].filter(({ border }) => border === 'page').map(({ service }) => service),
  );
  if (paging.size === 0) return 'minor';
  return paging.size >= MANY_SERVICES ? 'critical' : 'major';
}

const nouns: Readonly<Record<string, string>> = {
  error_ratio: 'Errors',
  p50: 'Slow requests',
  p95: 'Slow requests',
  p99: 'Slow requests',
  rate: 'Unusual traffic',
  silence: 'Silence',
  signal_loss: 'Lost telemetry',
  late_delivery: 'Late telemetry',
  new_template: 'New log lines',
  template_rate: 'Unusual log lines',
  severity_rate: 'Unusual log lines',
};

/** What it is and where, such as "Errors in checkout": the strongest member of the first service that was hit. */
export function titleOf(incident: Incident): string {
  const members = [...incident.anomalies.values()].sort(byStart);
  const [first] = members;
  if (first === undefined) {
    const [alert] = incident.alerts.values();
    return alert === undefined ? 'Empty incident' : `${alert.name} in ${alert.service}`;
  }
  const own = members.filter(({ service }) => service === first.service);
  const strongest = own.reduce((best, one) => (one.peakScore > best.peakScore ? one : best), first);
  return `${nounOf(strongest.measure)} in ${first.service}`;
}

export function nounOf(measure: MemberAnomaly['measure']): string {
  return nouns[measure] ?? 'Unusual values';
}

export function byStart(left: MemberAnomaly, right: MemberAnomaly): number {
  return left.startMs - right.startMs || order(left.id, right.id);
}

function order(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Whether the budget is that of one of its services, and the incident does not know it yet. */
export function isNewsOf({ services, crossings }: Incident, { id, service }: SloCrossing): boolean {
  return !crossings.has(id) && [...services.values()].some((part) => part.service === service);
}
