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
  /** Which names a map takes, as a sentence: the remedy for one that it does not take. */
  readonly names?: string;
  readonly items?: SettingSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** The range of a duration or a size, as it is written. */
  readonly least?: string;
  readonly most?: string;
}

/** What is written, with the defaults of the schema where nothing is written, at every depth. The input is not changed. */
export function fillDefaults(schema: SettingSchema, written: unknown): unknown {
  if (written === undefined || written === null) {
    return schema.default === undefined ? written : fillDefaults({ ...schema, default: undefined }, schema.default);
  }
  if (Array.isArray(written)) return written.map((item) => fillDefaults(schema.items ?? {}, item));
  if (typeof written !== 'object') return written;
  const values: Record<string, unknown> = { ...written };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const value = fillDefaults(property, values[name]);
    if (value !== undefined) values[name] = value;
  }
  const anyName = schemaOfAnyName(schema);
  if (anyName === undefined) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fillDefaults(anyName, value ?? {})]));
}

/** Schema of the values of a map with user-chosen names. */
export function schemaOfAnyName(schema: SettingSchema | undefined): SettingSchema | undefined {
  return Object.values(schema?.patternProperties ?? {})[0];
}

/** Validated settings as written → as the stages want them: durations in ms, sizes in bytes, names in camelCase. */
export function resolveUnits(schema: SettingSchema, value: unknown): unknown {
  if (schema.unit === 'duration') return parseDuration(String(value));
  if (schema.unit === 'size') return parseSize(String(value));
  if (Array.isArray(value))
    return value.map((item) => (schema.items ? resolveUnits(schema.items, item) : (item as unknown)));
  if (typeof value !== 'object' || value === null) return value;
  const anyName = schemaOfAnyName(schema);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const known = schema.properties?.[name];
      if (known !== undefined) return [camelCase(name), resolveUnits(known, item)];
      return [name, anyName === undefined ? item : resolveUnits(anyName, item)];
    }),
  );
}
