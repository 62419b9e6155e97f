/** By lower-case name; made without a prototype. */
export type HeaderFields = Readonly<Record<string, string | undefined>>;

/** Never joined: of several the first counts. */
const single = new Set(['authorization', 'content-type', 'user-agent', 'te']);

/** What fields say together: several of a name are one list, as RFC 9110 §5.2 has it. */
export function joinFields(fields: readonly { readonly name: string; readonly value: string }[]): HeaderFields {
  const headers = Object.create(null) as Record<string, string | undefined>;
  for (const { name, value } of fields) {
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (!single.has(name)) headers[name] = `${before}, ${value}`;
  }
  return headers;
}
