import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

const cursorSchema = Compile(Type.Tuple([Type.String(), Type.Number(), Type.String()]));

/** Where a page ended: the order it belongs to, the sort value and the key of its last row. */
export interface Cursor {
  readonly order: string;
  readonly value: number;
  readonly id: string;
}

/** Opaque to clients. */
export function writeCursor({ order, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url');
}

/** Undefined when the text is no cursor of this order. */
export function readCursor(text: string, order: string): Cursor | undefined {
  const parsed = parse(Buffer.from(text, 'base64url').toString());
  if (!cursorSchema.Check(parsed) || parsed[0] !== order) return undefined;
  const [, value, id] = parsed;
  return { order, value, id };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
