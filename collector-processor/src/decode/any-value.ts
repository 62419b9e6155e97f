import { MAX_DEPTH } from '../model/otlp/schema.ts';
import { WireFault } from '../model/otlp/wire-reader.ts';
import { type Cursor } from './cursor.ts';

/** Members of AnyValue's oneof, by field number; 0 when none is present. */
export const Member = { none: 0, text: 1, bool: 2, int: 3, double: 4, list: 5, map: 6, bytes: 7 } as const;

/** Checks an AnyValue that nobody reads, from the cursor to `stop`. `depth` counts enclosing messages. */
export function checkAnyValue(cursor: Cursor, stop: number, depth: number): void {
  if (depth > MAX_DEPTH) throw tooDeep(cursor);
  while (cursor.at < stop) {
    const tag = cursor.next(stop);
    if (tag === 0x2a) checkList(cursor, cursor.enter(), depth + 1);
    else if (tag === 0x32) checkMap(cursor, cursor.enter(), depth + 1);
  }
}

export function checkList(cursor: Cursor, stop: number, depth: number): void {
  if (depth > MAX_DEPTH) throw tooDeep(cursor);
  while (cursor.at < stop) if (cursor.next(stop) === 0x0a) checkAnyValue(cursor, cursor.enter(), depth + 1);
}

export function checkMap(cursor: Cursor, stop: number, depth: number): void {
  if (depth > MAX_DEPTH) throw tooDeep(cursor);
  while (cursor.at < stop) if (cursor.next(stop) === 0x0a) checkKeyValue(cursor, cursor.enter(), depth + 1);
}

export function checkKeyValue(cursor: Cursor, stop: number, depth: number): void {
  if (depth > MAX_DEPTH) throw tooDeep(cursor);
  while (cursor.at < stop) if (cursor.next(stop) === 0x12) checkAnyValue(cursor, cursor.enter(), depth + 1);
}

/** A message without messages in it. */
export function checkFlat(cursor: Cursor, stop: number): void {
  while (cursor.at < stop) cursor.next(stop);
}

function tooDeep({ at }: Cursor): WireFault {
  return new WireFault(`nested deeper than ${MAX_DEPTH} messages`, at);
}
