import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { LineCounter, parseDocument } from 'yaml';
import { explainErrors } from './explain.ts';
import type { Problem } from './problem.ts';
import { resolveUnits, type SettingSchema } from './resolve.ts';
import { type Settings, settingsSchema } from './schema.ts';
import { substitute, type Surroundings } from './substitute.ts';

export type LoadResult =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const check = Compile(settingsSchema);

/** YAML text → settings with every default filled in, or all problems that were found, with their places. */
export function loadSettings(text: string, surroundings: Surroundings): LoadResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntax = document.errors.map((error): Problem => {
    const start = error.linePos?.[0];
    const message = error.message.split(' at line')[0] ?? error.message;
    const remedy = 'Correct the YAML syntax; indent with spaces.';
    return { line: start?.line ?? 0, column: start?.col ?? 0, path: '', message: `${message}.`, remedy };
  });
  if (syntax.length > 0) return { kind: 'invalid', problems: syntax };
  const missing = substitute(document, lines, surroundings);
  if (missing.length > 0) return { kind: 'invalid', problems: missing };
  const schema = settingsSchema as SettingSchema;
  const written: unknown = Value.Default(settingsSchema, document.toJS() ?? {});
  const problems = explainErrors(check.Errors(written), { document, lines, schema });
  if (problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'settings', settings: resolveUnits(schema, written) as Settings };
}
