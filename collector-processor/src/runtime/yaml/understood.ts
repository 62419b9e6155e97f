import type { SettingFault } from './problem.ts';

/** A part of a document as it was understood, or what is wrong with it. */
export type Part<Value> =
  | { readonly kind: 'part'; readonly value: Value }
  | { readonly kind: 'faults'; readonly faults: readonly SettingFault[] };

export function part<Value>(value: Value): Part<Value> {
  return { kind: 'part', value };
}

export function fault(path: readonly (string | number)[], message: string, remedy: string): SettingFault {
  return { paths: [path.map(String)], message, remedy };
}

export function faults(...found: readonly SettingFault[]): {
  readonly kind: 'faults';
  readonly faults: readonly SettingFault[];
} {
  return { kind: 'faults', faults: found };
}

/** What comes of it, unless it has faults. */
export function then<From, To>(from: Part<From>, next: (value: From) => Part<To>): Part<To> {
  return from.kind === 'part' ? next(from.value) : from;
}

/** What was understood, beside what was not. */
export function valuesOf<Value>(parts: readonly Part<Value>[]): readonly Value[] {
  return parts.flatMap((one) => (one.kind === 'part' ? [one.value] : []));
}

export function faultsOf(parts: readonly Part<unknown>[]): readonly SettingFault[] {
  return parts.flatMap((one) => (one.kind === 'faults' ? one.faults : []));
}

/** A list of all of them, or all their faults. */
export function all<Value>(parts: readonly Part<Value>[]): Part<readonly Value[]> {
  const wrong = faultsOf(parts);
  return wrong.length > 0 ? faults(...wrong) : part(valuesOf(parts));
}

/** All of them by their names, or all their faults. */
export function together<Parts extends Readonly<Record<string, Part<unknown>>>>(
  parts: Parts,
): Part<{ readonly [Name in keyof Parts]: Parts[Name] extends Part<infer Value> ? Value : never }> {
  const wrong = faultsOf(Object.values(parts));
  if (wrong.length > 0) return faults(...wrong);
  const values = Object.entries(parts).map(([name, one]) => [name, one.kind === 'part' ? one.value : undefined]);
  return part(Object.fromEntries(values));
}
