import { type DataFrame, FieldType } from '@grafana/data';
import { isLaneId } from '../../components/timeline/lane';
import type { TimelineEvent } from '../../components/timeline/timeline-event';

export type FramesResult =
  | { readonly kind: 'events'; readonly events: TimelineEvent[] }
  | { readonly kind: 'unfit'; readonly returned: readonly string[] };

/**
 * Frames with one row an event: `time` (time) and `title` (string) are required; `timeEnd` (time), `lane` (string, default
 * metric), `id`, `service`, `direction` (string), `score` (number) are used when they are there.
 */
export function fromFrames(series: readonly DataFrame[]): FramesResult {
  const filled = series.filter((frame) => frame.fields.length > 0);
  const events: TimelineEvent[] = [];
  for (const frame of filled) {
    const time = frame.fields.find((field) => field.type === FieldType.time && field.name !== 'timeEnd');
    if (time === undefined || !frame.fields.some((field) => field.name === 'title')) {
      return { kind: 'unfit', returned: frame.fields.map((field) => field.name) };
    }
    for (let row = 0; row < frame.length; row++) {
      events.push(toEvent(frame, row, Number(time.values[row])));
    }
  }
  return { kind: 'events', events };
}

function toEvent(frame: DataFrame, row: number, startMs: number): TimelineEvent {
  const value = (name: string): unknown => frame.fields.find((field) => field.name === name)?.values[row];
  const text = (name: string): string => String(value(name) ?? '');
  const lane = text('lane');
  const direction = text('direction');
  const end = value('timeEnd');
  return {
    id: text('id') || `${frame.refId ?? ''}-${row}`,
    lane: isLaneId(lane) ? lane : 'metric',
    startMs,
    peakMs: startMs,
    endMs: end === null || end === undefined ? startMs : Number(end),
    score: Number(value('score') ?? 0),
    direction: direction === 'up' || direction === 'down' ? direction : 'none',
    title: text('title'),
    sentence: text('title'),
    service: text('service'),
  };
}
