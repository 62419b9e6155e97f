import { schemaOfAnyName, type SettingSchema } from '../../runtime/yaml/setting-schema.ts';

export interface Leaf {
  readonly path: readonly string[];
  readonly schema: SettingSchema;
}

/** Every setting that holds a value, below a map of the schema under one name each. */
export function settingLeaves(schema: SettingSchema, path: readonly string[] = []): Leaf[] {
  const anyName = schemaOfAnyName(schema);
  if (anyName?.properties !== undefined) return settingLeaves(anyName, [...path, 'otlphttp']);
  if (schema.properties === undefined) return [{ path, schema }];
  return Object.entries(schema.properties).flatMap(([name, child]) => settingLeaves(child, [...path, name]));
}

/** A file with that one setting; a backend gets the address that it must have. */
export function fileWith(path: readonly string[], value: unknown): string {
  const backend = path.indexOf('otlphttp');
  const lines = path.map((name, depth) => {
    const isLast = depth === path.length - 1;
    return `${'  '.repeat(depth)}${name}:${isLast ? ` ${JSON.stringify(value)}` : ''}`;
  });
  if (backend !== -1 && path.at(-1) !== 'endpoint') {
    lines.splice(backend + 1, 0, `${'  '.repeat(backend + 1)}endpoint: http://stores:4318`);
  }
  return `${lines.join('\n')}\n`;
}
