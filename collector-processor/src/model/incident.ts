import type { Anomaly, Change } from './anomaly.ts';
import type { CauseCandidate, CauseList } from './cause.ts';
import type { SloCrossing } from './slo-crossing.ts';

/** From the first finding to the end. `watching`: nothing fires any more, but it may come back. */
export type IncidentState = 'open' | 'acknowledged' | 'mitigated' | 'watching' | 'closed';

export type Severity = 'critical' | 'major' | 'minor';

/** What an incident keeps of an anomaly; the whole of it is in the store under the same id. */
export type MemberAnomaly = Pick<
  Anomaly,
  | 'id'
  | 'state'
  | 'border'
  | 'startMs'
  | 'peakMs'
  | 'endMs'
  | 'peakScore'
  | 'direction'
  | 'sentence'
  | 'exampleTraceIds'
> & {
  readonly service: string;
  readonly environment: string;
  readonly signal: Anomaly['series']['signal'];
  readonly measure: Anomaly['series']['measure'];
  readonly seriesId: string;
  /** Hosts, nodes, zones that it is about; absent for one on a service wherever that runs. */
  readonly places?: readonly string[];
  /** The kind of line that it is about, masked, and how many came in a step. */
  readonly line?: { readonly text: string; readonly severity: string; readonly count: number };
};

/** An alert that somebody else raised. */
export interface OutsideAlert {
  /** Chosen by the sender: the same alert has the same one each time. */
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Absent where the sender names none: it may be any. */
  readonly environment?: string;
  /** Absent where the sender does not say how bad it is. */
  readonly severity?: Severity;
  readonly startMs: number;
  /** Absent while it fires. */
  readonly endMs?: number;
}

export interface Task {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
}

/** What one service could not do as usual while it was odd. Sampled requests count for those that were left out. */
export interface ServiceHarm {
  readonly service: string;
  readonly environment: string;
  readonly requests: number;
  /** Beyond what is usual. */
  readonly failed: number;
  /** Of those that came to an answer, at least so many took longer than is usual. */
  readonly slow: number;
}

/** What an incident took from an error budget. */
export interface BudgetSpent {
  /** Of the objective. */
  readonly id: string;
  readonly service: string;
  /** Of the whole budget: 1 is all of it. */
  readonly share: number;
}

/** Whom an incident harmed, as far as is known. A request may pass several services: their harm is not to be added up. */
export interface Impact {
  /** Until when it is counted. */
  readonly toMs: number;
  /** The worst that it has come to: a share falls as requests go on, and what was harmed stays harmed. */
  readonly severity: Severity;
  /** Most harmed first. */
  readonly services: readonly ServiceHarm[];
  /** Users, or sessions, whose requests failed; 0 also where no attribute tells. */
  readonly visitors: number;
  readonly budgets: readonly BudgetSpent[];
}

/** One thing that happened to an incident. */
export type IncidentFact =
  | { readonly kind: 'opened'; readonly tenant: string }
  | { readonly kind: 'anomaly'; readonly anomaly: MemberAnomaly }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'alert'; readonly alert: OutsideAlert }
  | { readonly kind: 'state'; readonly state: IncidentState; readonly reason: string }
  | { readonly kind: 'owner'; readonly owner: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'demoted'; readonly reason: string; readonly repeats: string }
  /** The error budget of one of its services began to burn, burned worse, or stopped. */
  | { readonly kind: 'budget'; readonly crossing: SloCrossing }
  | { readonly kind: 'promoted'; readonly reason: string }
  /** It harms more than it did. */
  | { readonly kind: 'impact'; readonly impact: Impact }
  /** The ranking changed. */
  | { readonly kind: 'causes'; readonly causes: CauseList }
  /** The members of another incident came here; its links lead here from now on. */
  | { readonly kind: 'merged'; readonly from: string; readonly anomalies: readonly MemberAnomaly[] }
  | { readonly kind: 'merged-into'; readonly into: string }
  /** Some members left, to an incident of their own. */
  | { readonly kind: 'split'; readonly into: string; readonly anomalyIds: readonly string[] };

/** An entry of the timeline. Kept in order, they are all that is known of an incident. */
export interface IncidentEvent {
  readonly incidentId: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly atMs: number;
  /** Who did it; '' for Sentinel itself. */
  readonly actor: string;
  readonly fact: IncidentFact;
}

/** What an incident knows of one service in one environment. */
export interface ServicePart {
  readonly service: string;
  readonly environment: string;
  readonly startMs: number;
  /** Infinity while an anomaly of it is open. */
  readonly endMs: number;
  /** Traces that show it, up to a bound. */
  readonly traceIds: ReadonlySet<string>;
}

/** What the events of an incident come to. */
export interface Incident {
  readonly id: string;
  readonly tenant: string;
  readonly state: IncidentState;
  readonly sequence: number;
  readonly openedAtMs: number;
  /** When the state became what it is. */
  readonly stateSinceMs: number;
  readonly owner: string;
  readonly anomalies: ReadonlyMap<string, MemberAnomaly>;
  /** By environment and service. */
  readonly services: ReadonlyMap<string, ServicePart>;
  /** Hosts, nodes and zones that its anomalies are about, by name. */
  readonly places: ReadonlyMap<string, { readonly name: string; readonly startMs: number }>;
  /** Incidents that a person has parted from it. */
  readonly apart: ReadonlySet<string>;
  readonly changes: ReadonlyMap<string, Change>;
  readonly alerts: ReadonlyMap<string, OutsideAlert>;
  readonly tasks: ReadonlyMap<string, Task>;
  /** Ids of crossings of error budgets. */
  readonly crossings: ReadonlySet<string>;
  readonly notes: number;
  /** As they were last told; undefined before the first ranking. */
  readonly causes: CauseList | undefined;
  /** As it was last told; undefined while nothing is known. */
  readonly impact: Impact | undefined;
  /** Why it is not shown among the others; '' when it is. */
  readonly demoted: string;
  /** The first incident that showed the same; '' when it was never demoted. */
  readonly repeats: string;
  /** The incident that took its members; '' for none. */
  readonly mergedInto: string;
}

export type CauseHeadline = Pick<CauseCandidate, 'kind' | 'title' | 'service' | 'verdict' | 'confidence'> & {
  /** When a change took effect. */
  readonly atMs?: number;
};

/** The strongest member: what somebody would be told of first. */
export type LeadAnomaly = Pick<MemberAnomaly, 'id' | 'seriesId' | 'sentence'>;

/** An incident as a list shows it. */
export interface IncidentSummary {
  readonly id: string;
  readonly tenant: string;
  readonly state: IncidentState;
  readonly severity: Severity;
  readonly title: string;
  readonly owner: string;
  readonly openedAtMs: number;
  readonly stateSinceMs: number;
  /** First and last moment that was odd, event time. */
  readonly startMs: number;
  readonly endMs: number;
  /** Anomalies and alerts that go on. */
  readonly firing: number;
  /** Most affected first. */
  readonly services: readonly string[];
  readonly anomalies: number;
  /** Absent without any anomaly. */
  readonly lead?: LeadAnomaly;
  /** Absent while nothing is known. */
  readonly impact?: Impact;
  /** How many candidates were ranked; absent before the first ranking. */
  readonly candidates?: number;
  /** The first candidate; absent before the first ranking, and when there is none. */
  readonly cause?: CauseHeadline;
  readonly demoted: string;
  /** The first incident of which this one is an unchanged repeat; absent when it is none. */
  readonly repeats?: string;
  readonly mergedInto: string;
}
