import type { TSchema } from 'typebox';
import * as contract from '../contract/index.ts';

/** Schemas of the contract that have a title, by title: the components of the OpenAPI document. */
const named = new Map(
  Object.values(contract).flatMap((schema) => {
    const title = titleOf(schema);
    return title === undefined ? [] : [[title, schema] as const];
  }),
);

/** To be registered with the server, each with `$id`; what they hold of one another are references. */
export function componentSchemas(): object[] {
  return [...named].map(([title, schema]) => ({ ...referToParts(schema), $id: title }));
}

/** The same schema with `$ref` in place of every named one in it, so that the document names things once. */
export function withReferences(schema: TSchema): TSchema {
  return replace(schema) as TSchema;
}

function replace(value: unknown): unknown {
  const title = titleOf(value);
  if (title !== undefined && named.has(title)) return { $ref: `${title}#` };
  return referToParts(value);
}

function referToParts(value: unknown): object {
  if (Array.isArray(value)) return value.map(partOf);
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, part]) => [name, partOf(part)]));
}

function partOf(part: unknown): unknown {
  return typeof part === 'object' && part !== null ? replace(part) : part;
}

function titleOf(value: unknown): string | undefined {
  const isTitled = typeof value === 'object' && value !== null && 'title' in value;
  return isTitled && typeof value.title === 'string' ? value.title : undefined;
}
