/**
 * Building blocks of the settings schema. YAML is written in the Collector's style (snake_case, durations like `5s`, sizes
 * like `64MiB`); `load` turns durations into milliseconds, sizes into bytes and names into camelCase, so that a section's
 * resolved type is the option object of its stage.
 */
import { Type, type TInteger, type TString, type TUnsafe } from 'typebox';

const durationPattern = '^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d)$';
const sizePattern = '^[0-9]+(\\.[0-9]+)?(B|KiB|MiB|GiB)$';

/** Resolved to milliseconds. */
export function Duration(byDefault: string, description: string): TUnsafe<number> {
  return Type.Unsafe<number>({
    type: 'string',
    pattern: durationPattern,
    default: byDefault,
    description,
    unit: 'duration',
  });
}

/** Resolved to bytes. */
export function Size(byDefault: string, description: string): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'string', pattern: sizePattern, default: byDefault, description, unit: 'size' });
}

export function Integer(byDefault: number, description: string, minimum = 0): TInteger {
  return Type.Integer({ default: byDefault, description, minimum });
}

export function Text(byDefault: string, description: string): TString {
  return Type.String({ default: byDefault, description });
}

const millisecondsPerUnit: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const bytesPerUnit: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `5s` → 5000. The text fits the pattern; the schema has seen to it. */
export function parseDuration(text: string): number {
  return Number.parseFloat(text) * (millisecondsPerUnit[text.replace(/^[0-9.]+/, '')] ?? 1);
}

/** `64MiB` → 67108864. */
export function parseSize(text: string): number {
  return Number.parseFloat(text) * (bytesPerUnit[text.replace(/^[0-9.]+/, '')] ?? 1);
}
