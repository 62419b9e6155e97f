import { type DataFrame, type Field, FieldType, formattedValueToString } from '@grafana/data';
import { oneOf } from '../../app/one-of';
import type { TimelineEvent } from '../../components/timeline/timeline-event';

export type FramesResult =
  | { readonly kind: 'events'; readonly events: TimelineEvent[] }
  | { readonly kind: 'unfit'; readonly returned: readonly string[] };

/** Fields that mean something to the timeline; all others are shown in the card. */
const known = [
  'time',
  'title',
  'timeEnd',
  'lane',
  'id',
  'service',
  'severity',
  'direction',
  'status',
  'url',
  'score',
] as const;
type Known = (typeof known)[number];

/**
 * Frames with one row an event: `time` (time) and `title` (string) are required; `timeEnd` (time), `lane` (string, default
 * metric), `id`, `service`, `severity`, `direction`, `status`, `url` (string) and `score` (number) are used when they are
 * there. Rows without a time or a title are left out.
 */
export function fromFrames(series: readonly DataFrame[]): FramesResult {
  const filled = series.filter((frame) => frame.fields.length > 0);
  const events: TimelineEvent[] = [];
  for (const frame of filled) {
    const fields = fieldsOf(frame);
    if (fields.time?.type !== FieldType.time || fields.title?.type !== FieldType.string) {
      return { kind: 'unfit', returned: frame.fields.map(({ name }) => name) };
    }
    for (let row = 0; row < frame.length; row++) {
      const event = toEvent(frame, fields, row);
      if (event !== undefined) {
        events.push(event);
      }
    }
  }
  return { kind: 'events', events };
}

/** The field called `time`, or the only one of that type besides `timeEnd`: sources name it as they like. */
function fieldsOf({ fields }: DataFrame): Partial<Record<Known, Field>> {
  const named = Object.fromEntries(known.map((name) => [name, fields.find((field) => field.name === name)]));
  const time = named.time ?? fields.find(({ type, name }) => type === FieldType.time && name !== 'timeEnd');
  return { ...named, time };
}

function toEvent(frame: DataFrame, fields: Partial<Record<Known, Field>>, row: number): TimelineEvent | undefined {
  const value = (name: Known): unknown => fields[name]?.values[row];
  const text = (name: Known): string => String(value(name) ?? '');
  const [time, title] = [value('time'), text('title')];
  if (typeof time !== 'number' || title === '') {
    return undefined;
  }
  const url = text('url');
  return {
    id: text('id') || `${frame.refId ?? ''}-${row}`,
    lane: text('lane') || 'metric',
    startMs: time,
    peakMs: time,
    endMs: Math.max(time, numberOr(value('timeEnd'), time)),
    score: numberOr(value('score'), 0),
    direction: oneOf(text('direction'), ['up', 'down'] as const) ?? 'none',
    title,
    sentence: title,
    service: text('service'),
    severity: oneOf(text('severity'), ['major', 'minor'] as const) ?? '',
    open: text('status') === 'open',
    ...(isInside(url) ? { url } : {}),
    fields: otherFields(frame, fields, row),
  };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** Only addresses inside this Grafana are followed. */
function isInside(url: string): boolean {
  return /^\/(?![/\\])/.test(url);
}

function otherFields(frame: DataFrame, fields: Partial<Record<Known, Field>>, row: number): Array<[string, string]> {
  const used = new Set(Object.values(fields));
  return frame.fields
    .filter((field) => !used.has(field) && field.values[row] !== null && field.values[row] !== undefined)
    .map((field) => [field.name, displayed(field, row)]);
}

/** As the field's own settings ask for it; panels get fields with these applied. */
function displayed(field: Field, row: number): string {
  const value: unknown = field.values[row];
  return field.display === undefined ? String(value) : formattedValueToString(field.display(value));
}
