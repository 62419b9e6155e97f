import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { explainErrors, explainFault } from '../runtime/yaml/explain.ts';
import type { Problem, SettingFault } from '../runtime/yaml/problem.ts';
import { quoteAddress } from '../runtime/yaml/remedy.ts';
import { type SettingSchema } from '../runtime/yaml/setting-schema.ts';
import { fillDefaults, resolveUnits } from './resolve.ts';
import { doubtfulPaths, isWithin, soundPart } from './sound-part.ts';
import { substitute, type Surroundings } from './substitute.ts';

export type LoadResult<Resolved> =
  | { readonly kind: 'settings'; readonly settings: Resolved }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Looks for what the schema cannot see. Paths in its faults are those of the file, in snake_case. */
export type SettingsCheck<Resolved> = (settings: Resolved) => readonly SettingFault[];

/**
 * A reader of one kind of YAML file. The text becomes settings with every default filled in and units resolved, or all
 * problems that were found, each with its place. A value that is not known or does not fit hides no other problem: `checks`
 * see everything else. `Resolved` must be `CamelCased<Static<typeof schema>>`.
 */
export function createLoader<Resolved>(schema: TSchema) {
  const check = Compile(schema);
  const settingSchema = schema as SettingSchema;
  return (
    text: string,
    surroundings: Surroundings,
    checks: readonly SettingsCheck<Resolved>[] = [],
  ): LoadResult<Resolved> => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    if (document.errors.length > 0) return { kind: 'invalid', problems: syntaxProblems(document, text) };
    const unknown = substitute(document, lines, surroundings);
    const written = fillDefaults(settingSchema, document.toJS() ?? {});
    const errors = check.Errors(written);
    const doubtful = [...unknown.map(({ path }) => path), ...doubtfulPaths(errors)];
    const sound = soundPart({ schema: settingSchema, errorsOf: (value) => check.Errors(value), written });
    const settings = resolveUnits(settingSchema, sound) as Resolved;
    const faults = checks
      .flatMap((find) => find(settings))
      .filter(({ paths }) => !paths.some((path) => doubtful.some((doubt) => isWithin(path, doubt))));
    const place = { document, lines, schema: settingSchema };
    const ofSchema = explainErrors(errors, place).filter(
      ({ path }) => !unknown.some(({ problem }) => problem.path === path),
    );
    const ofChecks = faults.map((fault) => explainFault(fault, place));
    const problems = [...unknown.map(({ problem }) => problem), ...ofSchema, ...ofChecks];
    if (problems.length > 0) return { kind: 'invalid', problems: problems.sort((a, b) => a.line - b.line) };
    return { kind: 'settings', settings };
  };
}

const BARE_IPV6 = /\[[\da-f:.]*::[\da-f:.]*\]/i;

function syntaxProblems(document: Document.Parsed, text: string): Problem[] {
  return document.errors.map((error) => {
    const start = error.linePos?.[0];
    const message = `${error.message.split(' at line')[0] ?? error.message}.`;
    const line = text.split('\n')[(start?.line ?? 0) - 1] ?? '';
    const remedy = BARE_IPV6.test(line) ? quoteAddress : 'Correct the YAML syntax; indent with spaces.';
    return { line: start?.line ?? 0, column: start?.col ?? 0, path: '', message, remedy };
  });
}
