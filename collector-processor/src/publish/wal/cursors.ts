import { crc32c } from './crc32c.ts';

/** From the first to the last sequence, both included. */
export type Range = readonly [first: number, last: number];

/** How far one backend has come. */
export interface Cursor {
  /** Below it every record is settled, except those that are `owed`. */
  readonly position: number;
  readonly owed: readonly number[];
  /** Records from the position on that are settled already. */
  readonly settled: readonly Range[];
  /** Wall clock: since when no such backend is configured. */
  readonly removedAtMs?: number;
}

export interface Cursors {
  /** Of the next record: no sequence is ever given twice. */
  readonly nextSequence: number;
  readonly backends: Readonly<Record<string, Cursor>>;
}

/** Cursors as they stand in a file: the higher generation is the later one. */
export interface WrittenCursors extends Cursors {
  readonly generation: number;
}

const VERSION = 1;
const DIGITS = 8;
const SPACE = 0x20;

/** A checksum in hexadecimal digits, JSON, and spaces up to a whole number of `step` bytes, at least `leastBytes`. */
export function encodeCursors(cursors: WrittenCursors, { step, leastBytes }: { step: number; leastBytes: number }) {
  const text = Buffer.from(JSON.stringify({ version: VERSION, ...cursors }));
  const length = Math.max(leastBytes, Math.ceil((DIGITS + 1 + text.length) / step) * step);
  const bytes = Buffer.alloc(length, SPACE);
  bytes.set(text, DIGITS + 1);
  bytes.write(checksum(bytes.subarray(DIGITS + 1)), 0);
  return bytes;
}

/** `reason`: why they cannot be read. */
export function decodeCursors(bytes: Uint8Array): WrittenCursors | { readonly reason: string } {
  const text = bytes.subarray(DIGITS + 1);
  if (Buffer.from(bytes.subarray(0, DIGITS)).toString() !== checksum(text)) return { reason: 'its checksum is wrong' };
  const parsed: unknown = JSON.parse(Buffer.from(text).toString());
  // Before there were two files there was no generation.
  return isCursors(parsed) ? { ...parsed, generation: parsed.generation ?? 0 } : { reason: 'it is of another release' };
}

/** The same in few bytes: what was settled out of turn counts as owed again. */
export function compacted({ backends, ...rest }: WrittenCursors): WrittenCursors {
  const entries = Object.entries(backends).map(([name, cursor]) => {
    const position = cursor.owed.reduce((low, sequence) => Math.min(low, sequence), cursor.position);
    return [name, { ...cursor, position, owed: [], settled: [] }] as const;
  });
  return { ...rest, backends: Object.fromEntries(entries) };
}

/** Sorted sequences as ranges of those that follow one another. */
export function toRanges(sequences: readonly number[]): Range[] {
  const ranges: [number, number][] = [];
  for (const sequence of sequences) {
    const last = ranges.at(-1);
    if (last?.[1] === sequence - 1) last[1] = sequence;
    else ranges.push([sequence, sequence]);
  }
  return ranges;
}

function checksum(text: Uint8Array): string {
  return crc32c(text).toString(16).padStart(DIGITS, '0');
}

function isCursors(value: unknown): value is Cursors & { readonly generation?: number } {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== VERSION) return false;
  return (
    'nextSequence' in value && 'backends' in value && typeof value.backends === 'object' && value.backends !== null
  );
}
