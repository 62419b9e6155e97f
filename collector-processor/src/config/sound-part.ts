import type { TLocalizedValidationError } from 'typebox/error';
import { pointerPath, type SettingSchema } from '../runtime/yaml/setting-schema.ts';
import { fillDefaults } from './resolve.ts';

type Path = readonly string[];

interface Doubted {
  readonly schema: SettingSchema;
  readonly errorsOf: (value: unknown) => readonly TLocalizedValidationError[];
  readonly written: unknown;
}

/** Taking out a value may leave its parent unfit (a required one is gone), and so on upwards; no file is deeper. */
const MAX_ROUNDS = 20;

/** The settings without what does not fit the schema, defaults in its place, so that the rest can be looked at. */
export function soundPart({ schema, errorsOf, written }: Doubted): unknown {
  let value = written;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const paths = doubtfulPaths(errorsOf(value));
    if (paths.length === 0) return value;
    value = fillDefaults(
      schema,
      paths.reduce((rest, path) => without(rest, path) ?? {}, value),
    );
  }
  return fillDefaults(schema, {});
}

/** Where the errors are. Below such a place nothing is known. */
export function doubtfulPaths(errors: readonly TLocalizedValidationError[]): Path[] {
  return errors
    .filter(({ keyword }) => keyword !== 'boolean')
    .flatMap((error) => {
      const path = pointerPath(error.instancePath);
      if (error.keyword !== 'additionalProperties') return [path];
      return error.params.additionalProperties.map((name) => [...path, name]);
    });
}

/** Whether `path` is `place` or lies below it. */
export function isWithin(path: Path, place: Path): boolean {
  return place.every((name, depth) => path[depth] === name);
}

/** A list goes as a whole, since the places of its items would move. */
function without(value: unknown, [name, ...rest]: Path): unknown {
  if (name === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    if (key !== name) return [[key, item]];
    const left = without(item, rest);
    return left === undefined ? [] : [[key, left]];
  });
  return Object.fromEntries(entries);
}
