import type { Incident, MemberAnomaly } from '../../model/incident.ts';
import { nounOf, severityOf, spanOf } from './incident-facts.ts';

/** What an incident showed, small enough to be remembered for days. */
export interface Showing {
  readonly id: string;
  /** The first one of which it was a repeat; its own id when it was none. */
  readonly first: string;
  readonly tenant: string;
  readonly endMs: number;
  readonly lengthMs: number;
  /** 0 minor, 1 major, 2 critical. */
  readonly severity: number;
  readonly findings: number;
  readonly hasChanges: boolean;
  readonly hasAlerts: boolean;
  /** The greatest score of each kind of oddness; keys end with its name. */
  readonly peaks: ReadonlyMap<string, number>;
}

const severities = ['minor', 'major', 'critical'] as const;
/** Scores of repeats differ by so much without being worse. */
const GROWN = 1.5;
const LARGER = 2;

/** `nowMs` is its end while it goes on. */
export function showingOf(incident: Incident, nowMs: number): Showing {
  const { startMs, endMs } = spanOf(incident);
  const peaks = new Map<string, number>();
  for (const one of incident.anomalies.values()) {
    const key = keyOf(one);
    peaks.set(key, Math.max(peaks.get(key) ?? 0, one.peakScore));
  }
  const lastMs = incident.state === 'closed' ? endMs : nowMs;
  return {
    ...{ id: incident.id, first: incident.repeats || incident.id, tenant: incident.tenant, peaks },
    ...{ endMs: lastMs, lengthMs: lastMs - startMs, findings: incident.anomalies.size },
    severity: severities.indexOf(severityOf(incident)),
    hasChanges: incident.changes.size > 0,
    hasAlerts: incident.alerts.size > 0,
  };
}

/** In which way it is worse than an earlier one; '' when it only shows what that one showed. */
export function worseThan(before: Showing, now: Showing, leastMs: number): string {
  if (now.severity > before.severity) return `It has become ${severities[now.severity] ?? ''}.`;
  if (now.hasAlerts && !before.hasAlerts) return 'Somebody else raised an alert.';
  if (now.hasChanges && !before.hasChanges) return 'Something was changed before it.';
  const kind = worseKind(before, now);
  if (kind !== '') return kind;
  if (now.findings > LARGER * before.findings) return 'More is odd than before.';
  const isLonger = now.lengthMs > LARGER * before.lengthMs && now.lengthMs - before.lengthMs > leastMs;
  return isLonger ? 'It lasts longer than before.' : '';
}

function worseKind(before: Showing, now: Showing): string {
  for (const [key, score] of now.peaks) {
    const usual = before.peaks.get(key);
    const name = key.slice(key.lastIndexOf('\n') + 1);
    if (usual === undefined) return `${name}: not a part of it before.`;
    if (score > GROWN * usual) return `${name}: worse than before.`;
  }
  return '';
}

/** What is odd of calls varies between percentiles and operations from time to time, so it is known by its name; other series are known one by one. */
function keyOf({ environment, service, signal, measure, direction, seriesId }: MemberAnomaly): string {
  const which = signal === 'traces' ? '' : seriesId;
  return [environment, which, direction, `${nounOf(measure)} in ${service}`].join('\n');
}
