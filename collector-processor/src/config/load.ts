import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { explainErrors } from './explain.ts';
import type { Problem } from './problem.ts';
import { fillDefaults, resolveUnits, type SettingSchema } from './resolve.ts';
import { substitute, type Surroundings } from './substitute.ts';

export type LoadResult<Resolved> =
  | { readonly kind: 'settings'; readonly settings: Resolved }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * A reader of one kind of YAML file. The text becomes settings with every default filled in and units resolved, or all
 * problems that were found, each with its place. `Resolved` must be `CamelCased<Static<typeof schema>>`.
 */
export function createLoader<Resolved>(schema: TSchema) {
  const check = Compile(schema);
  const settingSchema = schema as SettingSchema;
  return (text: string, surroundings: Surroundings): LoadResult<Resolved> => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const early = document.errors.length > 0 ? syntaxProblems(document) : substitute(document, lines, surroundings);
    if (early.length > 0) return { kind: 'invalid', problems: early };
    const written = fillDefaults(settingSchema, document.toJS() ?? {});
    const problems = explainErrors(check.Errors(written), { document, lines, schema: settingSchema });
    if (problems.length > 0) return { kind: 'invalid', problems };
    return { kind: 'settings', settings: resolveUnits(settingSchema, written) as Resolved };
  };
}

function syntaxProblems(document: Document.Parsed): Problem[] {
  return document.errors.map((error) => {
    const start = error.linePos?.[0];
    const message = `${error.message.split(' at line')[0] ?? error.message}.`;
    const remedy = 'Correct the YAML syntax; indent with spaces.';
    return { line: start?.line ?? 0, column: start?.col ?? 0, path: '', message, remedy };
  });
}
