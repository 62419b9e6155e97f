import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { fromSeries, type SeriesOptions } from './from-series';
import type { PanelSlo, SloFigure } from './panel-slo';

export type FramesResult =
  | { readonly kind: 'slos'; readonly slos: PanelSlo[] }
  | { readonly kind: 'unfit'; readonly returned: readonly string[] };

/**
 * Frames with a row a budget: `slo` (string) and `budget_left` (number, 0 to 1) or `burn_rate` (number) are required; `id`,
 * `service`, `window`, `status` (string), `objective` (number) and `exhausts_at` (time, null: not in this window) are used when
 * they are there. Or series with a label that names the objective: their last value counts.
 */
export function fromFrames(series: readonly DataFrame[], options: SeriesOptions): FramesResult {
  const filled = series.filter((frame) => frame.fields.length > 0);
  const tables = filled.filter(isTable);
  const others = filled.filter((frame) => !isTable(frame));
  const fromOthers = fromSeries(others, options);
  if (fromOthers === undefined) {
    const [unfit] = others;
    return { kind: 'unfit', returned: unfit?.fields.map(({ name }) => name) ?? [] };
  }
  return { kind: 'slos', slos: [...tables.flatMap(fromTable), ...fromOthers] };
}

function fieldOf({ fields }: DataFrame, name: string, type: FieldType): Field | undefined {
  return fields.find((field) => field.name === name && field.type === type);
}

function isTable(frame: DataFrame): boolean {
  return (
    fieldOf(frame, 'slo', FieldType.string) !== undefined &&
    ['budget_left', 'burn_rate'].some((name) => fieldOf(frame, name, FieldType.number) !== undefined)
  );
}

function fromTable(frame: DataFrame, table: number): PanelSlo[] {
  const texts = Object.fromEntries(
    ['slo', 'id', 'service', 'window', 'status'].map((name) => [name, fieldOf(frame, name, FieldType.string)]),
  );
  const left = fieldOf(frame, 'budget_left', FieldType.number);
  const burn = fieldOf(frame, 'burn_rate', FieldType.number);
  const objective = fieldOf(frame, 'objective', FieldType.number);
  const ends = fieldOf(frame, 'exhausts_at', FieldType.time);
  return Array.from({ length: frame.length }, (_unused, row) => {
    const text = (name: string) => String(texts[name]?.values[row] ?? '');
    const target: unknown = objective?.values[row];
    return {
      key: `${table}-${row}`,
      id: text('id') || text('slo'),
      name: text('slo'),
      service: text('service'),
      window: text('window'),
      status: text('status'),
      ...named('left', figureAt(left, row)),
      ...named('burn', figureAt(burn, row)),
      ...(typeof target === 'number' ? { objective: target } : {}),
      ...named('endsMs', timeAt(ends, row)),
      ...named('link', left?.getLinks?.({ valueRowIndex: row })[0]),
    };
  }).filter(({ name }) => name !== '');
}

function figureAt(field: Field | undefined, row: number): SloFigure | undefined {
  const value: unknown = field?.values[row];
  return field !== undefined && typeof value === 'number' && Number.isFinite(value) ? { value, field } : undefined;
}

/** Undefined: nobody says when. */
function timeAt(field: Field | undefined, row: number): number | null | undefined {
  const value: unknown = field?.values[row];
  return field === undefined ? undefined : typeof value === 'number' ? value : null;
}

function named<Name extends string, Value>(name: Name, value: Value | undefined) {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
