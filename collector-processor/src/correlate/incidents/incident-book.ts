import type { Anomaly, AnomalyEvent, Change } from '../../model/anomaly.ts';
import type { Incident, IncidentEvent, IncidentFact, MemberAnomaly, OutsideAlert } from '../../model/incident.ts';
import type { SloCrossing } from '../../model/slo-crossing.ts';
import { nearestToAlert } from './affinity.ts';
import type { BookParts } from './book-parts.ts';
import { findHome } from './find-home.ts';
import { isNewsOf } from './incident-facts.ts';
import { IncidentRecord } from './incident-record.ts';
import { carryOut, type CommandOutcome, type IncidentCommand, passTime } from './lifecycle.ts';
import { isNews, memberOf } from './member.ts';
import { OutsideAlerts } from './outside-alerts.ts';
import { RecentChanges } from './recent-changes.ts';

/** When, and by whom; '' is Sentinel itself. */
interface By {
  readonly atMs: number;
  readonly actor: string;
}

/** All incidents that are not over: what belongs together, and what became of it. Times are epoch milliseconds. */
export class IncidentBook {
  readonly #parts: BookParts;
  readonly #incidents = new Map<string, IncidentRecord>();
  /** Anomaly → incident. */
  readonly #homes = new Map<string, IncidentRecord>();
  /** Anomalies that go on though somebody has closed their incident. */
  readonly #dismissed = new Set<string>();
  readonly #changes: RecentChanges;
  readonly #alerts: OutsideAlerts;

  constructor(parts: BookParts) {
    this.#parts = parts;
    this.#changes = new RecentChanges(parts);
    this.#alerts = new OutsideAlerts(parts.limits.alertSilence);
  }

  /** Events of incidents that were not over when the process ended, in their order, and changes of late. */
  restore(events: Iterable<IncidentEvent>, changes: readonly Change[] = []): void {
    this.#changes.restore(changes);
    for (const event of events) {
      const known = this.#incidents.get(event.incidentId) ?? new IncidentRecord(event.incidentId, event.atMs);
      this.#settle(known.apply(event), event.fact);
    }
    // A merge may be told before, or after, what it moved: what each incident holds in the end counts.
    this.#homes.clear();
    for (const incident of this.#incidents.values())
      for (const id of incident.anomalies.keys()) this.#homes.set(id, incident);
  }

  /** One that is over comes back as it was left. */
  revive(incident: IncidentRecord): void {
    if (this.#incidents.has(incident.id)) return;
    this.#incidents.set(incident.id, incident);
    for (const id of incident.anomalies.keys()) {
      this.#dismissed.delete(id);
      if (!this.#homes.has(id)) this.#homes.set(id, incident);
    }
  }

  /** Brings the book in line with the anomalies that go on: news of others may be lost between processes and stages. */
  reconcile(followed: readonly Anomaly[], nowMs: number): void {
    const open = new Set(followed.map(({ id }) => id));
    for (const incident of [...this.#incidents.values()]) {
      for (const member of [...incident.anomalies.values()]) {
        if (member.state === 'closed' || open.has(member.id)) continue;
        const fact = { kind: 'anomaly', anomaly: { ...member, state: 'closed' } } as const;
        this.#happened(incident, fact, { atMs: nowMs, actor: '' });
      }
    }
    for (const id of this.#dismissed) if (!open.has(id)) this.#dismissed.delete(id);
    for (const anomaly of followed) if (!this.#homes.has(anomaly.id)) this.anomaly({ kind: 'opened', anomaly }, nowMs);
  }

  get(id: string): Incident | undefined {
    return this.#incidents.get(id);
  }

  all(): readonly Incident[] {
    return [...this.#incidents.values()];
  }

  anomaly({ anomaly }: AnomalyEvent, nowMs: number): void {
    if (this.#dismissed.has(anomaly.id)) {
      if (anomaly.state === 'closed') this.#dismissed.delete(anomaly.id);
      return;
    }
    const member = memberOf(anomaly);
    const home = this.#homes.get(anomaly.id);
    if (home === undefined) {
      if (anomaly.state === 'open') this.#house(member, anomaly, nowMs);
    } else if (isNews(home.anomalies.get(anomaly.id), member)) {
      this.#happened(home, { kind: 'anomaly', anomaly: member }, { atMs: nowMs, actor: '' });
    }
  }

  change(change: Change, nowMs: number): void {
    this.#changes.add(change, nowMs);
    for (const incident of this.#incidents.values()) {
      if (incident.state !== 'closed' && this.#changes.isNewTo(incident, change))
        this.#happened(incident, { kind: 'change', change }, { atMs: nowMs, actor: '' });
    }
  }

  /** Told to the incidents of its service, once. */
  budget(crossing: SloCrossing, atMs: number): void {
    for (const incident of this.#incidents.values())
      if (isNewsOf(incident, crossing)) this.#happened(incident, { kind: 'budget', crossing }, { atMs, actor: '' });
  }

  /** An alert from outside joins the incident of its service, or of one that this calls or is called by; else it opens one. */
  alert(alert: OutsideAlert, tenant: string, nowMs: number): void {
    if (!this.#alerts.hear(tenant, alert, nowMs)) return;
    const by = { atMs: nowMs, actor: '' };
    const mine = this.#of(tenant);
    const known = mine.find(({ alerts }) => alerts.has(alert.id));
    const before = known?.alerts.get(alert.id);
    if (known !== undefined) {
      const isRepeated = before?.startMs === alert.startMs && before.endMs === alert.endMs;
      if (!isRepeated) this.#happened(known, { kind: 'alert', alert }, by);
    } else if (alert.endMs === undefined) {
      const home = nearestToAlert(alert, mine, this.#parts.around) ?? this.#open(tenant, nowMs);
      const isFull = home === undefined || home.alerts.size >= this.#parts.limits.maxAnomalies;
      if (isFull) this.#parts.onOverflow();
      else this.#happened(home, { kind: 'alert', alert }, by);
    }
  }

  /** Undefined when there is no such incident, or it is over. */
  command(id: string, command: IncidentCommand, by: By): CommandOutcome | undefined {
    const incident = this.#incidents.get(id);
    if (incident === undefined) return undefined;
    const outcome = carryOut(incident, command, by.actor);
    if (outcome.kind === 'done') for (const fact of outcome.facts) this.#happened(incident, fact, by);
    return outcome;
  }

  /** What is said of it: by Sentinel its causes and its impact, by people notes and tasks. Of one that is over nothing. */
  remark(id: string, fact: Extract<IncidentFact, { kind: 'causes' | 'impact' | 'note' | 'task' }>, by: By): void {
    const incident = this.#incidents.get(id);
    if (incident !== undefined) this.#happened(incident, fact, by);
  }

  /** Everything of the others comes to one of them; their links lead there. False when one of them is not there. */
  merge(into: string, others: readonly string[], by: By): boolean {
    const target = this.#incidents.get(into);
    const sources = others.filter((id) => id !== into).map((id) => this.#incidents.get(id));
    if (target === undefined || sources.some((source) => source?.tenant !== target.tenant)) return false;
    const all = sources.reduce((sum, source) => sum + (source?.anomalies.size ?? 0), target.anomalies.size);
    if (all > this.#parts.limits.maxAnomalies) return false;
    for (const source of sources) {
      if (source === undefined) continue;
      this.#happened(target, { kind: 'merged', from: source.id, anomalies: [...source.anomalies.values()] }, by);
      for (const change of source.changes.values()) this.#happened(target, { kind: 'change', change }, by);
      for (const alert of source.alerts.values()) this.#happened(target, { kind: 'alert', alert }, by);
      this.#happened(source, { kind: 'merged-into', into }, by);
    }
    return true;
  }

  /** Some anomalies become an incident of their own. Undefined when they are not there, or nothing would be left. */
  split(id: string, anomalyIds: readonly string[], by: By): Incident | undefined {
    const source = this.#incidents.get(id);
    const leaving = [...new Set(anomalyIds)].flatMap((one) => source?.anomalies.get(one) ?? []);
    if (source === undefined || leaving.length === 0 || leaving.length === source.anomalies.size) return undefined;
    const fresh = this.#open(source.tenant, by.atMs);
    if (fresh === undefined) return undefined;
    this.#happened(source, { kind: 'split', into: fresh.id, anomalyIds: leaving.map((one) => one.id) }, by);
    this.#happened(fresh, { kind: 'merged', from: id, anomalies: leaving }, by);
    return fresh;
  }

  /** What time brings by itself; called once a bucket. */
  tick(nowMs: number): void {
    for (const incident of this.#incidents.values()) {
      for (const alert of this.#alerts.silent(incident, nowMs))
        this.#happened(incident, { kind: 'alert', alert: { ...alert, endMs: nowMs } }, { atMs: nowMs, actor: '' });
      const fact = passTime(incident, nowMs, this.#parts.limits);
      if (fact !== undefined) this.#happened(incident, fact, { atMs: nowMs, actor: '' });
      else this.#compare(incident, nowMs);
    }
  }

  #house(member: MemberAnomaly, { series: { tenant } }: Anomaly, nowMs: number): void {
    const { around, limits } = this.#parts;
    const by = { atMs: nowMs, actor: '' };
    const found = findHome(member, this.#of(tenant), { around, joinWithin: limits.joinWithin });
    const home = found?.home ?? this.#open(tenant, nowMs);
    if (home !== undefined) for (const { id } of found?.tied ?? []) this.merge(home.id, [id], by);
    if (home === undefined || home.anomalies.size >= limits.maxAnomalies) {
      // Told of once: it is not housed again with every update.
      this.#dismissed.add(member.id);
      this.#parts.onOverflow();
      return;
    }
    this.#happened(home, { kind: 'anomaly', anomaly: member }, by);
    for (const change of this.#changes.newTo(home)) this.#happened(home, { kind: 'change', change }, by);
  }

  #of(tenant: string): readonly IncidentRecord[] {
    return [...this.#incidents.values()].filter((one) => one.tenant === tenant && one.state !== 'closed');
  }

  /** Undefined when there are as many as there may be. */
  #open(tenant: string, nowMs: number): IncidentRecord | undefined {
    if (this.#incidents.size >= this.#parts.limits.maxIncidents) return undefined;
    const incident = new IncidentRecord(this.#parts.nextId(), nowMs);
    this.#happened(incident, { kind: 'opened', tenant }, { atMs: nowMs, actor: '' });
    return incident;
  }

  #happened(incident: IncidentRecord, fact: IncidentFact, by: By): void {
    const event: IncidentEvent = { incidentId: incident.id, sequence: incident.sequence + 1, ...by, fact };
    this.#settle(incident.apply(event), fact);
    this.#parts.onEvent(event, incident);
    this.#compare(incident, by.atMs);
  }

  #compare(incident: IncidentRecord, atMs: number): void {
    if (incident.state === 'closed') this.#parts.past.ended(incident);
    const fact = this.#parts.past.judge(incident, atMs);
    if (fact !== undefined) this.#happened(incident, fact, { atMs, actor: '' });
  }

  /** Keeps the look-ups in step with what happened. */
  #settle(incident: IncidentRecord, fact: IncidentFact): void {
    this.#incidents.set(incident.id, incident);
    if (fact.kind === 'anomaly') this.#homes.set(fact.anomaly.id, incident);
    if (fact.kind === 'merged') for (const { id } of fact.anomalies) this.#homes.set(id, incident);
    if (incident.state !== 'closed') return;
    this.#incidents.delete(incident.id);
    if (incident.mergedInto === '') this.#alerts.dismiss(incident);
    for (const { id, state } of incident.anomalies.values()) {
      if (this.#homes.get(id) !== incident) continue;
      this.#homes.delete(id);
      if (state === 'open' && incident.mergedInto === '') this.#dismissed.add(id);
    }
  }
}
