import type { SettingSchema } from './setting-schema.ts';

/** YAML reads brackets as a list. */
export const quoteAddress = 'Put an address in brackets into quotes, such as "[::1]:4317".';

/** What would be right instead: the kind of value, its range, and the default as an example. */
export function remedyForValue(schema: SettingSchema): string {
  const kind = kindOf(schema);
  if (kind === undefined) return schema.description ?? 'See the settings reference.';
  return `Write ${kind}${example(schema)}.`;
}

function kindOf({ type, unit, least, most, ...schema }: SettingSchema): string | undefined {
  if (unit === 'duration') return `a number with a unit (ms, s, m, h, d), from ${least} to ${most}`;
  if (unit === 'size') return `a number with a unit (B, KiB, MiB, GiB), from ${least} to ${most}`;
  if (type === 'integer') return `a whole number${range(schema)}`;
  if (type === 'number') return `a number${range(schema)}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'array') return 'a list';
  if (type !== 'object' || schema.properties === undefined) return undefined;
  return `settings below it: ${Object.keys(schema.properties).join(', ')}`;
}

function range({ minimum, exclusiveMinimum, maximum }: SettingSchema): string {
  const from = minimum === undefined ? [] : [`from ${minimum}`];
  const above = exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`];
  const to = maximum === undefined ? [] : [`up to ${maximum}`];
  return [...from, ...above, ...to].map((part) => ` ${part}`).join('');
}

function example({ type, default: byDefault }: SettingSchema): string {
  if (byDefault === undefined || type === 'boolean' || type === 'object') return '';
  return `, such as ${typeof byDefault === 'string' ? byDefault : JSON.stringify(byDefault)} (the default)`;
}
