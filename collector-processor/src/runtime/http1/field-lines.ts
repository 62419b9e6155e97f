import { type HeaderFields, joinFields } from '../http-headers.ts';

/** One line: a token, a colon right behind it, and a value without control characters (RFC 9112 §5, no folding). */
const lines = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)\r\n/y;

/** The header lines of a message from there to the end of the text; `undefined` when one of them is none. */
export function readFieldLines(text: string, from: number): HeaderFields | undefined {
  const fields: { name: string; value: string }[] = [];
  lines.lastIndex = from;
  while (lines.lastIndex < text.length) {
    const [, name, value] = lines.exec(text) ?? [];
    if (name === undefined || value === undefined) return undefined;
    fields.push({ name: name.toLowerCase(), value: trimmed(value) });
  }
  return joinFields(fields);
}

/** A header as it is sent; `undefined` when it would not be read as this one. */
export function fieldLine(name: string, value: string): string | undefined {
  const line = `${name}: ${value}\r\n`;
  lines.lastIndex = 0;
  const found = lines.exec(line);
  return found?.[0] === line && found[1] === name ? line : undefined;
}

/** Without spaces and tabs around it; what `trim` takes for space beside them may be part of a value. */
function trimmed(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && isBlank(value, start)) start++;
  while (end > start && isBlank(value, end - 1)) end--;
  return value.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}
