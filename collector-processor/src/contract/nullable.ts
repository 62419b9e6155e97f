import { Type, type TUnsafe } from 'typebox';

/** A number, or null where there is none (JSON has no NaN and no infinity). */
export function NumberOrNull(description: string): TUnsafe<number | null> {
  return Type.Unsafe<number | null>({ type: ['number', 'null'], description });
}

/** Milliseconds since the epoch. */
export function TimeMs(description: string) {
  return Type.Number({ minimum: 0, description: `${description}, milliseconds since the epoch.` });
}
