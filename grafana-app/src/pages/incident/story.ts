import type { CauseList, IncidentEvent, IncidentState, MemberAnomaly, OutsideAlert } from '../../api/incidents';
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

/** What the events of an incident come to, for drawing. */
export interface Story {
  readonly anomalies: readonly MemberAnomaly[];
  readonly changes: readonly Change[];
  readonly alerts: readonly OutsideAlert[];
  readonly notes: readonly Note[];
  readonly states: readonly StateStep[];
  /** As they were last told; undefined before the first ranking. */
  readonly causes: CauseList | undefined;
  /** Incidents whose anomalies came here. */
  readonly merged: readonly string[];
}

/** Events in order → what they come to. An anomaly, a change or an alert that was told again is as it was told last. */
export function storyOf(timeline: readonly IncidentEvent[]): Story {
  const anomalies = new Map<string, MemberAnomaly>();
  const changes = new Map<string, Change>();
  const alerts = new Map<string, OutsideAlert>();
  const notes: Note[] = [];
  const states: StateStep[] = [];
  const merged: string[] = [];
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
        merged.push(fact.from);
        fact.anomalies.forEach((anomaly) => anomalies.set(anomaly.id, anomaly));
        break;
      case 'split':
        fact.anomalyIds.forEach((id) => anomalies.delete(id));
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
    notes,
    states,
    causes,
    merged,
  };
}
