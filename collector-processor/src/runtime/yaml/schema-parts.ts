import { type Static, Type } from 'typebox';

/** Only what the format knows: a misspelt name is told, not passed over. */
export const closed = { additionalProperties: false } as const;

/** Labels and annotations; YAML makes numbers of some. */
export const Texts = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]));

/** What was written under `Texts`, as texts. */
export function textsOf(written: Static<typeof Texts> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, String(value)]));
}
