import { t } from '@grafana/i18n';
import type { BudgetCrossing, MemberAnomaly, OutsideAlert } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { burnText, crossingText } from '../../components/slo/slo-words';
import { stateWord } from '../../components/StateBadge';
import type { Span, TimelineEvent } from '../../components/timeline/timeline-event';
import { changeEvent, signalLane } from '../../components/timeline/to-timeline-events';
import type { Note, StateStep, Story } from './story';

const BEFORE_MS = 10 * 60_000;
const AFTER_MS = 5 * 60_000;

const point = { score: 0, direction: 'none', service: '', severity: '', open: false } as const;

/** Everything that happened, for the timeline. What goes on ends at `nowMs`. */
export function storyEvents(story: Story, nowMs: number): TimelineEvent[] {
  return [
    ...story.states.map((step, index) => stateEvent(step, index, story.states[index + 1]?.atMs ?? nowMs)),
    ...story.changes.map(changeEvent),
    ...story.anomalies.map(memberEvent),
    ...story.alerts.map((alert) => alertEvent(alert, nowMs)),
    ...story.crossings.map(crossingEvent),
    ...story.notes.map(noteEvent),
  ];
}

/** Ten minutes before the first odd moment, to five after the end, or to now while it goes on. */
export function storySpan({ startMs, endMs }: Readonly<Record<'startMs' | 'endMs', number>>, nowMs: number): Span {
  return {
    fromMs: startMs - BEFORE_MS,
    toMs: Math.min(Math.max(endMs, startMs) + AFTER_MS, Math.max(nowMs, startMs + 1)),
  };
}

function memberEvent(anomaly: MemberAnomaly): TimelineEvent {
  const { id, signal, startMs, peakMs, endMs, peakScore, direction, sentence, service, border, state } = anomaly;
  return {
    id,
    lane: signalLane(signal),
    startMs,
    peakMs,
    endMs: Math.max(endMs, startMs + 1),
    score: peakScore,
    direction,
    title: sentence,
    sentence,
    service,
    severity: border === 'page' ? 'major' : 'minor',
    open: state === 'open',
  };
}

function alertEvent({ id, name, service, startMs, endMs }: OutsideAlert, nowMs: number): TimelineEvent {
  const sentence = t('incident.alert', 'Alert: {{name}}', { name, interpolation: unescaped });
  return {
    ...point,
    id,
    lane: 'alert',
    startMs,
    peakMs: startMs,
    endMs: endMs ?? nowMs,
    title: name,
    sentence,
    service,
    open: endMs === undefined,
  };
}

function crossingEvent(crossing: BudgetCrossing): TimelineEvent {
  const { id, service, atMs, rate } = crossing;
  return {
    ...point,
    id,
    lane: 'budget',
    startMs: atMs,
    peakMs: atMs,
    endMs: atMs,
    title: burnText(rate),
    sentence: crossingText(crossing),
    service,
  };
}

function stateEvent({ atMs, actor, state, reason }: StateStep, index: number, endMs: number): TimelineEvent {
  const word = stateWord(state);
  const by =
    actor === ''
      ? word
      : t('incident.state-by', '{{state}}, {{who}}', { state: word, who: actor, interpolation: unescaped });
  const sentence =
    reason === ''
      ? by
      : t('incident.state-why', '{{state}}: {{why}}', { state: by, why: reason, interpolation: unescaped });
  return { ...point, id: `state-${index}`, lane: 'state', startMs: atMs, peakMs: atMs, endMs, title: word, sentence };
}

function noteEvent({ sequence, atMs, actor, text }: Note): TimelineEvent {
  const sentence =
    actor === '' ? text : t('incident.note-by', '{{who}}: {{text}}', { who: actor, text, interpolation: unescaped });
  return {
    ...point,
    id: `note-${sequence}`,
    lane: 'note',
    startMs: atMs,
    peakMs: atMs,
    endMs: atMs,
    title: actor,
    sentence,
  };
}
