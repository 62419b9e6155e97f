import { hashKey, MAX_KEY_DEPTH, rankOf, type TextRange } from './json-body.ts';
import type { Skeleton } from './skeleton.ts';

/**
 * Bodies that are no text: the bytes of an AnyValue message (a map, a list, a number, bytes). A message inside a map is
 * read like a line; without one the keys of the map are the kind of line. Nothing beyond the ends is touched, and what is
 * no protobuf is read as far as it goes: the decoder has checked it before.
 */

const Tag = { text: 0x0a, list: 0x2a, map: 0x32, bytes: 0x3a, entry: 0x0a, name: 0x0a, value: 0x12 } as const;
const MAX_ENTRIES = 256;

/** A block of bytes behind a tag and a length. One object is reused for each depth. */
class Block implements TextRange {
  tag = 0;
  start = 0;
  end = 0;

  /** Reads the block at `at`; false when there is none. */
  read(bytes: Uint8Array, at: number, stop: number): boolean {
    this.tag = at < stop ? (bytes[at] as number) : 0;
    if ((this.tag & 7) !== 2) return false;
    let length = 0;
    let from = at + 1;
    for (let shift = 0; from < stop; shift += 7) {
      const byte = bytes[from++] as number;
      length += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    this.start = from;
    this.end = from + length;
    return this.end <= stop;
  }
}

export type BodyKind = 'map' | 'value' | 'nothing';

/** What the AnyValue is, by its first member; bytes are nothing that has a kind. */
export function bodyKind(bytes: Uint8Array, start: number, end: number): BodyKind {
  if (start >= end || bytes[start] === Tag.bytes) return 'nothing';
  return bytes[start] === Tag.map ? 'map' : 'value';
}

/** The text under one of the usual names, on the top level of the map. */
export function findMapMessage(bytes: Uint8Array, start: number, end: number): TextRange | undefined {
  let found: TextRange | undefined;
  eachEntry(bytes, start, end, (name, value) => {
    const text = new Block();
    if (value === undefined || !text.read(bytes, value.start, value.end) || text.tag !== Tag.text) return true;
    const rank = rankOf(bytes, name.start, name.end);
    if (rank >= 0 && (rank === 0 || found === undefined)) found = text;
    return rank !== 0;
  });
  return found;
}

/** The keys of the map in their order, those of maps inside too, each with a hole for its value. */
export function readMapKeys(bytes: Uint8Array, start: number, end: number, out: Skeleton, depth = 1): void {
  eachEntry(bytes, start, end, (name, value) => {
    out.key(name.start, name.end, hashKey(bytes, name.start, name.end));
    const isMap = value !== undefined && bytes[value.start] === Tag.map && value.start < value.end;
    if (isMap && depth < MAX_KEY_DEPTH) readMapKeys(bytes, value.start, value.end, out, depth + 1);
    else out.hole();
    return !out.isFull;
  });
}

/** `take` says whether to go on. */
function eachEntry(
  bytes: Uint8Array,
  start: number,
  end: number,
  take: (name: TextRange, value: TextRange | undefined) => boolean,
): void {
  const map = new Block();
  if (!map.read(bytes, start, end) || map.tag !== Tag.map) return;
  const entry = new Block();
  let at = map.start;
  for (let entries = 0; entries < MAX_ENTRIES && entry.read(bytes, at, map.end); entries++) {
    at = entry.end;
    const name = new Block();
    if (entry.tag !== Tag.entry || !name.read(bytes, entry.start, entry.end) || name.tag !== Tag.name) continue;
    const value = new Block();
    const hasValue = value.read(bytes, name.end, entry.end) && value.tag === Tag.value;
    if (!take(name, hasValue ? value : undefined)) return;
  }
}
