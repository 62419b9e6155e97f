import { type DataFrame, type Field, FieldType } from '@grafana/data';
import type { PanelSlo } from './panel-slo';

export interface SeriesOptions {
  /** Empty: the first of those that are usual. */
  readonly nameLabel: string;
  readonly valueMeans: 'automatic' | 'left' | 'burn';
}

/** Sloth's, Pyrra's, and what people write by hand. */
const nameLabels = ['sloth_slo', 'slo', 'name'] as const;
const serviceLabels = ['sloth_service', 'service'] as const;

/** Names of rules that say what their values mean. */
const meanings = [
  [/period_error_budget_remaining:ratio$/, 'left'],
  [/current_burn_rate:ratio$/, 'burn'],
] as const;

type Meaning = 'left' | 'burn';

/** Budgets by the labels of their series. Undefined where one does not say what it is about. */
export function fromSeries(frames: readonly DataFrame[], options: SeriesOptions): PanelSlo[] | undefined {
  const found = new Map<string, PanelSlo>();
  for (const frame of frames) {
    const time = frame.fields.find(({ type }) => type === FieldType.time);
    const values = frame.fields.filter(({ type }) => type === FieldType.number);
    if (values.length === 0) {
      return undefined;
    }
    for (const field of values) {
      const name = nameOf(field, options);
      const meaning = meaningOf(frame, field, options);
      if (name === undefined || meaning === undefined) {
        return undefined;
      }
      const key = keyOf(field);
      const before = found.get(key);
      found.set(key, { ...(before ?? described(key, name, field)), ...told(meaning, field, time, before) });
    }
  }
  return [...found.values()];
}

function described(key: string, name: string, { labels = {} }: Field): PanelSlo {
  const service = serviceLabels.map((label) => labels[label]).find(Boolean) ?? '';
  return { key, id: labels.sloth_id ?? name, name, service, window: '', status: '' };
}

/** The budget's own course is drawn, not that of its burn rate, where both are there. */
function told(meaning: Meaning, field: Field, time: Field | undefined, before: PanelSlo | undefined) {
  const value: unknown = [...field.values].reverse().find(Number.isFinite);
  const [link] = field.getLinks?.({ valueRowIndex: field.values.length - 1 }) ?? [];
  const isDrawn = field.values.length > 1 && (meaning === 'left' || before?.history === undefined);
  return {
    ...(typeof value === 'number' ? { [meaning]: { value, field } } : {}),
    ...(isDrawn ? { history: { y: field, ...(time === undefined ? {} : { x: time }) } } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

function nameOf({ labels = {} }: Field, { nameLabel }: SeriesOptions): string | undefined {
  const names = nameLabel === '' ? nameLabels : [nameLabel];
  return names.map((label) => labels[label]).find((name) => name !== undefined && name !== '');
}

function meaningOf(frame: DataFrame, field: Field, { valueMeans }: SeriesOptions): Meaning | undefined {
  if (valueMeans !== 'automatic') {
    return valueMeans;
  }
  const names = [field.labels?.__name__, field.name, frame.name].filter((name) => name !== undefined);
  return meanings.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
}

/** Series of one objective have the same labels, but for the name of the metric. */
function keyOf({ labels = {} }: Field): string {
  const own = Object.entries(labels).filter(([name]) => name !== '__name__' && name !== 'sloth_window');
  return JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}
