import { checkList, checkMap, Member } from './any-value.ts';
import { type Cursor } from './cursor.ts';

/**
 * One KeyValue, or one AnyValue, as offsets into the payload. A single one is used for all attributes.
 *
 * `value…` bounds the member's payload: the text or bytes without their length, the nested message of a list or map, the
 * varint of a whole number or boolean, the eight bytes of a double.
 */
export class Attribute {
  keyStart = 0;
  keyEnd = 0;
  /** See `Member`. */
  member = 0;
  valueStart = 0;
  valueEnd = 0;

  clear(): void {
    this.keyStart = 0;
    this.keyEnd = 0;
    this.member = Member.none;
    this.valueStart = 0;
    this.valueEnd = 0;
  }

  /** Reads the KeyValue that the cursor found; `depth` is its own. Of a key or value given twice the last one counts. */
  read(cursor: Cursor, depth: number): void {
    if (!this.#readUsual(cursor.bytes, cursor.start, cursor.at)) this.#readAny(cursor, depth);
  }

  #readAny(cursor: Cursor, depth: number): void {
    const stop = cursor.enter();
    this.clear();
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (tag === 0x0a) {
        this.keyStart = cursor.start;
        this.keyEnd = cursor.at;
      } else if (tag === 0x12) {
        this.readValue(cursor, cursor.enter(), depth + 1);
      }
    }
  }

  /** Key, then text or a number, all lengths in one byte: most attributes. False, and nothing read, when it is otherwise. */
  #readUsual(bytes: Uint8Array, at: number, stop: number): boolean {
    const size = stop - at;
    if (size < 6 || size >= 128 || bytes[at] !== 0x0a) return false;
    const keyEnd = at + 2 + (bytes[at + 1] as number);
    if (stop - keyEnd < 4 || bytes[keyEnd] !== 0x12 || bytes[keyEnd + 1] !== stop - keyEnd - 2) return false;
    const tag = bytes[keyEnd + 2] as number;
    let start = keyEnd + 3;
    if (tag === 0x0a) {
      start++;
      if (bytes[keyEnd + 3] !== stop - start) return false;
    } else if (tag === 0x18 || tag === 0x10) {
      if (!isVarint(bytes, start, stop)) return false;
    } else if (tag !== 0x21 || stop - start !== 8) return false;
    this.keyStart = at + 2;
    this.keyEnd = keyEnd;
    this.member = tag >>> 3;
    this.valueStart = start;
    this.valueEnd = stop;
    return true;
  }

  /** Reads an AnyValue. One without a member leaves what was read before it, as merging demands. */
  readValue(cursor: Cursor, stop: number, depth: number): void {
    while (cursor.at < stop) {
      const tag = cursor.next(stop);
      if (!isMember(tag)) continue;
      this.member = tag >>> 3;
      this.valueStart = cursor.start;
      this.valueEnd = cursor.at;
      if (tag === 0x2a) checkList(cursor, cursor.enter(), depth + 1);
      else if (tag === 0x32) checkMap(cursor, cursor.enter(), depth + 1);
    }
  }
}

/** AnyValue's fields in their own wire types: text 1, bool 2, int 3, double 4, list 5, map 6, bytes 7. */
function isMember(tag: number): boolean {
  switch (tag) {
    case 0x0a:
    case 0x10:
    case 0x18:
    case 0x21:
    case 0x2a:
    case 0x32:
    case 0x3a:
      return true;
    default:
      return false;
  }
}

/** Whether [start, end) is one varint and nothing else. */
function isVarint(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 10) return false;
  for (let at = start; at < end - 1; at++) if ((bytes[at] as number) < 128) return false;
  return (bytes[end - 1] as number) < 128;
}
