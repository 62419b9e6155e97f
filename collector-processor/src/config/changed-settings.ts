import { schemaOfAnyName, type SettingSchema } from '../runtime/yaml/setting-schema.ts';
import { camelCase } from './camel-case.ts';

/** Two sets of resolved settings. */
export interface Change {
  readonly before: unknown;
  readonly next: unknown;
}

/** Dotted names, as they stand in the file, of the settings that differ; of what came or went as a whole, its own name. */
export function changedSettings(
  schema: SettingSchema,
  { before, next }: Change,
  path: readonly string[] = [],
): string[] {
  if (JSON.stringify(before) === JSON.stringify(next)) return [];
  const anyName = schemaOfAnyName(schema);
  if (!isMap(before) || !isMap(next) || (anyName === undefined && schema.properties === undefined)) {
    return [path.join('.')];
  }
  const below =
    anyName === undefined
      ? Object.entries(schema.properties ?? {}).map(([name, child]) => ({ name, key: camelCase(name), child }))
      : [...new Set([...Object.keys(before), ...Object.keys(next)])].map((name) => ({
          name,
          key: name,
          child: anyName,
        }));
  return below.flatMap(({ name, key, child }) =>
    changedSettings(child, { before: before[key], next: next[key] }, [...path, name]),
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
