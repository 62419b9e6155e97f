import { schemaOfAnyName, type SettingSchema } from '../runtime/yaml/setting-schema.ts';
import { camelCase } from './camel-case.ts';
import { parseDuration, parseSize } from './types.ts';

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
