import type {
  BudgetCrossing,
  CauseList,
  IncidentEvent,
  IncidentState,
  MemberAnomaly,
  OutsideAlert,
} from '../../api/incidents';
import type { Change } from '../../api/changes';

export interface Note {
  readonly sequence: number;
  readonly atMs: number;
  readonly actor: string;
  readonly text: string;
}

export interface StateStep {
  readonly atMs: number;
  readonly actor: string;
  readonly state: IncidentState;
  readonly reason: string;
}

/** Anomalies that came from another incident. */
export interface Merged {
  readonly from: string;
  readonly atMs: number;
  readonly actor: string;
  /** Those that are still here. */
  readonly anomalyIds: readonly string[];
}

/** Where anomalies went. */
export interface Left {
  readonly kind: 'split' | 'merged-into';
  readonly into: string;
  readonly atMs: number;
  readonly actor: string;
}

/** What the events of an incident come to, for drawing. */
export interface Story {
  readonly anomalies: readonly MemberAnomaly[];
  readonly changes: readonly Change[];
  readonly alerts: readonly OutsideAlert[];
  /** Budgets that began to burn, burned worse, or stopped. */
  readonly crossings: readonly BudgetCrossing[];
  readonly notes: readonly Note[];
  readonly states: readonly StateStep[];
  /** As they were last told; undefined before the first ranking. */
  readonly causes: CauseList | undefined;
  readonly merged: readonly Merged[];
  readonly left: readonly Left[];
}

/** Events in order → what they come to. An anomaly, a change or an alert that was told again is as it was told last. */
export function storyOf(timeline: readonly IncidentEvent[]): Story {
  const anomalies = new Map<string, MemberAnomaly>();
  const changes = new Map<string, Change>();
  const alerts = new Map<string, OutsideAlert>();
  const notes: Note[] = [];
  const states: StateStep[] = [];
  const merged: Merged[] = [];
  const left: Left[] = [];
  let causes: CauseList | undefined;
  for (const { sequence, atMs, actor, fact } of timeline) {
    switch (fact.kind) {
      case 'opened':
        states.push({ atMs, actor, state: 'open', reason: '' });
        break;
      case 'state':
        states.push({ atMs, actor, state: fact.state, reason: fact.reason });
        break;
      case 'anomaly':
        anomalies.set(fact.anomaly.id, fact.anomaly);
        break;
      case 'merged':
        merged.push({ from: fact.from, atMs, actor, anomalyIds: fact.anomalies.map(({ id }) => id) });
        fact.anomalies.forEach((anomaly) => anomalies.set(anomaly.id, anomaly));
        break;
      case 'split':
        left.push({ kind: fact.kind, into: fact.into, atMs, actor });
        fact.anomalyIds.forEach((id) => anomalies.delete(id));
        break;
      case 'merged-into':
        left.push({ kind: fact.kind, into: fact.into, atMs, actor });
        break;
      case 'change':
        changes.set(fact.change.id, fact.change);
        break;
      case 'alert':
        alerts.set(fact.alert.id, fact.alert);
        break;
      case 'note':
        notes.push({ sequence, atMs, actor, text: fact.text });
        break;
      case 'causes':
        causes = fact.causes;
        break;
    }
  }
  return {
    anomalies: [...anomalies.values()].sort((a, b) => a.startMs - b.startMs),
    changes: [...changes.values()],
    alerts: [...alerts.values()],
    crossings: timeline.flatMap(({ fact }) => (fact.kind === 'budget' ? [fact.crossing] : [])),
    notes,
    states,
    causes,
    merged: merged.map((one) => ({ ...one, anomalyIds: one.anomalyIds.filter((id) => anomalies.has(id)) })),
    left,
  };
}
