import { camelCase } from './camel-case.ts';
import { parseDuration, parseSize } from './types.ts';

/** The parts of JSON Schema that the settings schema uses. */
export interface SettingSchema {
  readonly type?: string;
  readonly unit?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly patternProperties?: Readonly<Record<string, SettingSchema>>;
  readonly items?: SettingSchema;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Validated settings as written → as the stages want them: durations in ms, sizes in bytes, names in camelCase. */
export function resolveUnits(schema: SettingSchema, value: unknown): unknown {
  if (schema.unit === 'duration') return parseDuration(String(value));
  if (schema.unit === 'size') return parseSize(String(value));
  if (Array.isArray(value))
    return value.map((item) => (schema.items ? resolveUnits(schema.items, item) : (item as unknown)));
  if (typeof value !== 'object' || value === null) return value;
  const anyName = Object.values(schema.patternProperties ?? {})[0];
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const known = schema.properties?.[name];
      if (known !== undefined) return [camelCase(name), resolveUnits(known, item)];
      return [name, anyName === undefined ? item : resolveUnits(anyName, item)];
    }),
  );
}
