/** One header as it came. */
export interface Field {
  readonly name: string;
  readonly value: string;
  /** Characters that HTTP allows; a value may be passed on in a request of another protocol. */
  readonly isValid: boolean;
}

/** By lower-case name; made without a prototype. */
export type HeaderFields = Readonly<Record<string, string | undefined>>;

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
/** Never joined: of several the first counts. */
const single = new Set(['authorization', 'content-type', 'content-length', 'user-agent', 'host', 'te']);

/** Of a request; `undefined` when it is malformed (RFC 9113 §8.2 and §8.3). */
export function requestHeaders(fields: readonly Field[]): HeaderFields | undefined {
  const headers = Object.create(null) as Record<string, string | undefined>;
  let regular = false;
  for (const { name, value, isValid } of fields) {
    const isPseudo = name.startsWith(':');
    const before = headers[name];
    if (!isValid || (isPseudo && (regular || before !== undefined || !requestPseudo.has(name)))) return undefined;
    regular ||= !isPseudo;
    if (before === undefined) headers[name] = value;
    else if (!single.has(name)) headers[name] = `${before}, ${value}`;
  }
  return headers[':method'] === undefined || headers[':path'] === undefined ? undefined : headers;
}
