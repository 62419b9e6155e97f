import type { TLocalizedValidationError } from 'typebox/error';
import { type Document, isNode, isSeq, type LineCounter, type Node } from 'yaml';
import type { Problem, SettingFault } from './problem.ts';
import { quoteAddress, remedyForValue } from './remedy.ts';
import { pointerPath, schemaOfAnyName, type SettingSchema } from './setting-schema.ts';

interface Place {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly schema: SettingSchema;
}

/**
 * Schema errors as problems with line and remedy, one for each value. The doubled "schema is false" of unknown keys is left
 * out.
 */
export function explainErrors(errors: readonly TLocalizedValidationError[], place: Place): Problem[] {
  const problems = errors.filter(({ keyword }) => keyword !== 'boolean').flatMap((error) => explainError(error, place));
  return [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
}

/** A fault that a check found, with its place. */
export function explainFault({ paths, message, remedy }: SettingFault, place: Place): Problem {
  const written = paths.find((path) => isNode(place.document.getIn(path, true)));
  const path = written ?? paths[0] ?? [];
  return { ...position(path, place), path: path.join('.'), message, remedy };
}

function explainError(error: TLocalizedValidationError, place: Place): Problem[] {
  const path = pointerPath(error.instancePath);
  const schema = schemaAt(place.schema, path);
  if (error.keyword === 'additionalProperties') {
    return error.params.additionalProperties.map((name) => ({
      ...position([...path, name], place),
      path: [...path, name].join('.'),
      message: `There is no setting "${name}" here.`,
      remedy: remedyForName(name, schema),
    }));
  }
  return [
    {
      ...position(path, place),
      path: path.join('.'),
      message: `${shown(path, place.document)} does not fit: ${reasonOf(error, schema)}.`,
      remedy: isBracketed(path, place.document) ? quoteAddress : remedyFor(error, schema),
    },
  ];
}

function reasonOf({ keyword, message }: TLocalizedValidationError, schema: SettingSchema | undefined): string {
  return schema?.unit !== undefined && keyword !== '~refine' ? `it is no ${schema.unit}` : message;
}

function remedyFor(error: TLocalizedValidationError, schema: SettingSchema | undefined): string {
  if (error.keyword === 'enum') return `Use one of ${error.params.allowedValues.map(String).join(', ')}.`;
  if (error.keyword === 'required') return `Add ${error.params.requiredProperties.join(', ')}.`;
  return remedyForValue(schema ?? {});
}

/** `[::1]` without quotes is a list with one strange entry. */
function isBracketed(path: readonly string[], document: Document): boolean {
  const node: unknown = document.getIn(path, true);
  return isSeq(node) && JSON.stringify(node.toJSON()).includes('::');
}

function schemaAt(schema: SettingSchema, path: readonly string[]): SettingSchema | undefined {
  let current: SettingSchema | undefined = schema;
  for (const name of path) {
    current = current?.properties?.[name] ?? schemaOfAnyName(current) ?? current?.items;
  }
  return current;
}

/** The place of the setting, or of the nearest parent that stands in the file. */
function position(path: readonly string[], { document, lines }: Place): { line: number; column: number } {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node)) return startOf(node, lines);
  }
  return { line: 0, column: 0 };
}

function startOf(node: Node, lines: LineCounter): { line: number; column: number } {
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  return { line, column: col };
}

function remedyForName(name: string, schema: SettingSchema | undefined): string {
  if (schema?.names !== undefined) return schema.names;
  return nearest(name, Object.keys(schema?.properties ?? {}));
}

function nearest(name: string, known: readonly string[]): string {
  const close = known.filter((candidate) => distance(name, candidate) <= Math.max(2, name.length / 3));
  if (close.length > 0) return `Did you mean ${close.join(' or ')}?`;
  return known.length === 0 ? 'Remove it.' : `Known here: ${known.join(', ')}.`;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** The value that is wrong, unless it may be a secret. */
function shown(path: readonly string[], document: Document): string {
  const value: unknown = document.getIn(path);
  if (value === undefined || isNode(value)) return 'What stands here';
  if (/token|password|secret|authorization/i.test(path.join('.'))) return 'The value (not shown)';
  const text = JSON.stringify(value);
  return `The value ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}
