import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { explainErrors, explainFault } from './explain.ts';
import type { Problem, SettingFault } from './problem.ts';
import type { SettingSchema } from './setting-schema.ts';

/** One document of a file. */
export interface YamlDocument {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly value: unknown;
}

export interface FileProblem extends Problem {
  readonly file: string;
}

export type DocumentsResult =
  | { readonly kind: 'documents'; readonly documents: readonly YamlDocument[] }
  | { readonly kind: 'invalid'; readonly problems: readonly FileProblem[] };

/** The documents of a YAML file; empty ones are left out. */
export function documentsOf(file: string, text: string): DocumentsResult {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines });
  const documents: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
  const problems = documents.flatMap(({ errors }) =>
    errors.map(({ message, linePos: [start] = [{ line: 0, col: 0 }] }) => ({
      file,
      line: start.line,
      column: start.col,
      path: '',
      message: `${message.split(' at line')[0] ?? message}.`,
      remedy: 'Correct the YAML syntax; indent with spaces.',
    })),
  );
  if (problems.length > 0) return { kind: 'invalid', problems };
  const read = documents.map((document) => ({ file, document, lines, value: withoutNothing(document.toJS()) }));
  return { kind: 'documents', documents: read.filter(({ value }) => value !== undefined) };
}

/** `labels:` with nothing behind it is as good as not written. */
function withoutNothing(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, item]) => [name, withoutNothing(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

export type Fitting<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] };

/** The document as one of the schema, or why it is none. */
export function fit<Schema extends TSchema>(document: YamlDocument, schema: Schema): Fitting<Static<Schema>> {
  const check = Compile(schema);
  const { value } = document;
  if (check.Check(value)) return { kind: 'value', value: value };
  const place = { ...document, schema: schema as SettingSchema };
  return { kind: 'problems', problems: explainErrors(check.Errors(value), place).map((one) => inFile(one, document)) };
}

/** Why a part of a document, at `path`, is none of the schema; empty when it is. */
export function fitPart(
  document: YamlDocument,
  {
    path,
    value,
    schema,
  }: { readonly path: readonly (string | number)[]; readonly value: unknown; readonly schema: TSchema },
): readonly FileProblem[] {
  const check = Compile(schema);
  if (check.Check(value)) return [];
  const way = path.map((name) => `/${name}`).join('');
  const errors = check.Errors(value).map((error) => ({ ...error, instancePath: `${way}${error.instancePath}` }));
  const around = path.reduceRight<SettingSchema>((inner, name) => ({ properties: { [name]: inner } }), schema);
  return explainErrors(errors, { ...document, schema: around }).map((one) => inFile(one, document));
}

/** Faults with their places. */
export function placed(found: readonly SettingFault[], document: YamlDocument): readonly FileProblem[] {
  return found.map((one) => inFile(explainFault(one, { ...document, schema: {} }), document));
}

/** 1-based; the line of the nearest parent that stands in the file. */
export function lineOf(path: readonly (string | number)[], document: YamlDocument): number {
  return explainFault({ paths: [path.map(String)], message: '', remedy: '' }, { ...document, schema: {} }).line;
}

function inFile(problem: Problem, { file }: YamlDocument): FileProblem {
  return { ...problem, file };
}
