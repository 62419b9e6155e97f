import { type Node, bytes } from './oracle-node.ts';

/** Compares one field; throws with its name, since a matcher for each of some ten million would take minutes. */
export type Check = (field: string, actual: unknown, expected: unknown) => void;

export const check: Check = (field, actual, expected) => {
  if (Object.is(actual, expected)) return;
  const shown = [actual, expected].map((value) => (typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)));
  if (shown[0] === shown[1] && typeof actual === 'object') return;
  throw new Error(`${field}: the scanner read ${shown[0]}, protobufjs ${shown[1]}`);
};

/** Compares an id column's row; an id of another length counts as none. */
export function checkId(field: string, row: Uint8Array, { node, name }: { node: Node; name: string }): void {
  const id = bytes(node, name);
  const expected = id.length === row.length ? id : new Uint8Array(row.length);
  if (Buffer.compare(row, expected) !== 0) check(field, hex(row), hex(expected));
}

export function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}

export const MAX_SYMBOL_LENGTH = 256;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What the table of symbols makes of a text under the limits of this test. */
export function symbolText(text: Uint8Array): string {
  return text.length > MAX_SYMBOL_LENGTH ? '(other)' : decoder.decode(text);
}
