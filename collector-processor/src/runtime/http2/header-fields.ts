import { type HeaderFields, joinFields } from '../http-headers.ts';

/** One header as it came. */
export interface Field {
  readonly name: string;
  readonly value: string;
  /** Characters that HTTP allows; a value may be passed on in a request of another protocol. */
  readonly isValid: boolean;
}

const tokenName = /^:?[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const forbiddenInValue = /[\0-\x08\x0a-\x1f\x7f]/;

export function fieldOf(name: string, value: string): Field {
  return { name, value, isValid: tokenName.test(name) && !forbiddenInValue.test(value) };
}

/** RFC 9113 §6.5.2: what a field counts for in a table and in a list. */
export function fieldSize({ name, value }: Field): number {
  return name.length + value.length + 32;
}

const requestPseudo = new Set([':method', ':scheme', ':authority', ':path', ':protocol']);
/** Of a request; `undefined` when it is malformed (RFC 9113 §8.2 and §8.3). */
export function requestHeaders(fields: readonly Field[]): HeaderFields | undefined {
  const seen = new Set<string>();
  let regular = false;
  for (const { name, isValid } of fields) {
    const isPseudo = name.startsWith(':');
    if (!isValid || (isPseudo && (regular || seen.has(name) || !requestPseudo.has(name)))) return undefined;
    seen.add(name);
    regular ||= !isPseudo;
  }
  const headers = joinFields(fields);
  return headers[':method'] === undefined || headers[':path'] === undefined ? undefined : headers;
}
