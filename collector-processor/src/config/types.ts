/**
 * Building blocks of the settings schema. YAML is written in the Collector's style (snake_case, durations like `5s`, sizes
 * like `64MiB`); `load` turns durations into milliseconds, sizes into bytes and names into camelCase, so that a section's
 * resolved type is the option object of its stage.
 */
import { Type, type TInteger, type TString, type TUnsafe } from 'typebox';

const durationPattern = '^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d)$';
const sizePattern = '^[0-9]+(\\.[0-9]+)?(B|KiB|MiB|GiB)$';

/** The longest time that a timer takes; a longer one would be over at once. */
const LONGEST_TIMER = '24d';
/** More than any count needs, and the most that a 32-bit number holds. */
const LARGEST_COUNT = 2_147_483_647;

/** The values that make sense, as they are written. Where zero is one of them the description says what it does. */
export interface Range {
  readonly least?: string;
  readonly most?: string;
}

/** Resolved to milliseconds. */
export function Duration(byDefault: string, description: string, range: Range = {}): TUnsafe<number> {
  const bounds = { least: '1ms', most: LONGEST_TIMER, ...range };
  const about = { type: 'string', pattern: durationPattern, default: byDefault, description, unit: 'duration' };
  return within(Type.Unsafe<number>({ ...about, ...bounds }), bounds, {
    pattern: durationPattern,
    parse: parseDuration,
  });
}

/** Resolved to bytes. */
export function Size(byDefault: string, description: string, range: Range = {}): TUnsafe<number> {
  const bounds = { least: '1B', most: '1048576GiB', ...range };
  const about = { type: 'string', pattern: sizePattern, default: byDefault, description, unit: 'size' };
  return within(Type.Unsafe<number>({ ...about, ...bounds }), bounds, { pattern: sizePattern, parse: parseSize });
}

interface Unit {
  readonly pattern: string;
  readonly parse: (text: string) => number;
}

/** A text that is no number with a unit is the pattern's business. */
function within(schema: TUnsafe<number>, { least, most }: Required<Range>, { pattern, parse }: Unit): TUnsafe<number> {
  const form = new RegExp(pattern);
  const fits = (written: unknown): boolean => {
    if (typeof written !== 'string' || !form.test(written)) return true;
    return parse(written) >= parse(least) && parse(written) <= parse(most);
  };
  return Type.Refine(schema, fits, () => `must be from ${least} to ${most}`);
}

/** `range` is the least value, or both borders. */
export function Integer(
  byDefault: number,
  description: string,
  range: number | readonly [number, number] = 0,
): TInteger {
  const [minimum, maximum] = typeof range === 'number' ? [range, LARGEST_COUNT] : range;
  return Type.Integer({ default: byDefault, description, minimum, maximum });
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

/** `5s` → 5000, in whole milliseconds. The text fits the pattern; the schema has seen to it. */
export function parseDuration(text: string): number {
  return Math.round(Number.parseFloat(text) * (millisecondsPerUnit[text.replace(/^[0-9.]+/, '')] ?? 1));
}

/** `64MiB` → 67108864, in whole bytes. */
export function parseSize(text: string): number {
  return Math.round(Number.parseFloat(text) * (bytesPerUnit[text.replace(/^[0-9.]+/, '')] ?? 1));
}
