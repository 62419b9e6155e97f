import type { Change } from '../../model/anomaly.ts';
import type { CauseList } from '../../model/cause.ts';
import type {
  Impact,
  Incident,
  IncidentEvent,
  IncidentFact,
  IncidentState,
  MemberAnomaly,
  OutsideAlert,
  ServicePart,
  Task,
} from '../../model/incident.ts';

const MOST_TRACES = 50;

type Fact<Kind> = Extract<IncidentFact, { readonly kind: Kind }>;
type Effect<Kind> = (incident: IncidentRecord, fact: Fact<Kind>, atMs: number) => void;

/** What each kind of event does. */
const effects: { readonly [Kind in IncidentFact['kind']]: Effect<Kind> } = {
  opened: (incident, { tenant }) => void (incident.tenant = tenant),
  anomaly: (incident, { anomaly }) => incident.join([anomaly]),
  merged: (incident, { anomalies }) => incident.join(anomalies),
  split: (incident, { into, anomalyIds }) => incident.leave(anomalyIds, into),
  change: (incident, { change }) => void incident.changes.set(change.id, change),
  alert: (incident, { alert }) => void incident.alerts.set(alert.id, alert),
  task: (incident, { task }) => void incident.tasks.set(task.id, task),
  budget: (incident, { crossing }) => void incident.crossings.add(crossing.id),
  impact: (incident, { impact }) => void (incident.impact = impact),
  causes: (incident, { causes }) => void (incident.causes = causes),
  note: (incident) => void (incident.notes += 1),
  owner: (incident, { owner }) => void (incident.owner = owner),
  demoted(incident, { reason, repeats }) {
    [incident.demoted, incident.repeats] = [reason, repeats];
  },
  promoted: (incident) => void (incident.demoted = ''),
  state: (incident, { state }, atMs) => incident.become(state, atMs),
  'merged-into': (incident, { into }, atMs) => {
    incident.mergedInto = into;
    incident.become('closed', atMs);
  },
};

/**
 * An incident as the sum of its events. Nothing else changes it, so the same events bring back the same incident after any
 * restart. It changes in place: a storm brings thousands of anomalies, and copies of all for each one would stop the process.
 */
export class IncidentRecord implements Incident {
  readonly id: string;
  readonly openedAtMs: number;
  tenant = '';
  state: IncidentState = 'open';
  sequence = 0;
  stateSinceMs: number;
  owner = '';
  notes = 0;
  demoted = '';
  repeats = '';
  mergedInto = '';
  causes: CauseList | undefined;
  impact: Impact | undefined;
  readonly anomalies = new Map<string, MemberAnomaly>();
  readonly services = new Map<string, ServicePart>();
  readonly places = new Map<string, { readonly name: string; readonly startMs: number }>();
  readonly apart = new Set<string>();
  readonly changes = new Map<string, Change>();
  readonly alerts = new Map<string, OutsideAlert>();
  readonly tasks = new Map<string, Task>();
  readonly crossings = new Set<string>();

  constructor(id: string, atMs: number) {
    this.id = id;
    this.openedAtMs = atMs;
    this.stateSinceMs = atMs;
  }

  apply({ sequence, atMs, fact }: IncidentEvent): this {
    this.sequence = sequence;
    const effect = effects[fact.kind] as Effect<typeof fact.kind>;
    effect(this, fact, atMs);
    return this;
  }

  become(state: IncidentState, atMs: number): void {
    [this.state, this.stateSinceMs] = [state, atMs];
  }

  join(members: readonly MemberAnomaly[]): void {
    for (const member of members) {
      const isKnown = this.anomalies.has(member.id);
      this.anomalies.set(member.id, member);
      this.#place(member);
      if (isKnown && member.state === 'closed') this.#reckon(partKey(member));
      else this.#extend(member);
    }
  }

  leave(ids: readonly string[], into: string): void {
    this.apart.add(into);
    const touched = new Set<string>();
    for (const id of ids) {
      const member = this.anomalies.get(id);
      if (member !== undefined) touched.add(partKey(member));
      this.anomalies.delete(id);
    }
    for (const key of touched) this.#reckon(key);
    this.places.clear();
    for (const member of this.anomalies.values()) this.#place(member);
  }

  #place({ places = [], startMs }: MemberAnomaly): void {
    for (const name of places) {
      const known = this.places.get(name)?.startMs ?? Infinity;
      this.places.set(name, { name, startMs: Math.min(startMs, known) });
    }
  }

  #extend(member: MemberAnomaly): void {
    const { service, environment, startMs, state, endMs, exampleTraceIds } = member;
    const known = this.services.get(partKey(member));
    this.services.set(partKey(member), {
      service,
      environment,
      startMs: Math.min(startMs, known?.startMs ?? Infinity),
      endMs: Math.max(state === 'open' ? Infinity : endMs, known?.endMs ?? -Infinity),
      traceIds: new Set([...(known?.traceIds ?? []), ...exampleTraceIds].slice(-MOST_TRACES)),
    });
  }

  /** Anew from its members: one that has ended, or left, may have been the last that was open. */
  #reckon(key: string): void {
    this.services.delete(key);
    for (const member of this.anomalies.values()) if (partKey(member) === key) this.#extend(member);
  }
}

function partKey({ environment, service }: Pick<MemberAnomaly, 'environment' | 'service'>): string {
  return `${environment}\n${service}`;
}
