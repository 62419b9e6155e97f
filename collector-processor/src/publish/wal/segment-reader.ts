import type { Files, ReadFile } from './files.ts';
import { decodeRecord, type LogRecord, MARK, RECORD_PREFIX_BYTES, recordLength } from './record.ts';
import { type Segment, SEGMENT_HEADER_BYTES } from './segment.ts';

/** Where a record stands in its segment. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A record on disk. */
export interface Stored {
  readonly segment: Segment;
  readonly place: Place;
}

/** `undefined` when there is no whole record at its place. */
export async function readStored(files: Files, { segment, place }: Stored): Promise<LogRecord | undefined> {
  const file = await files.open(segment.path);
  try {
    const step = await new SegmentReader(file, place.offset).next(place.offset + place.length);
    return step.kind === 'record' ? step.record : undefined;
  } finally {
    await file.close();
  }
}

/** `damaged`: bytes that are no record, with a good one behind them. `end`: what is left is nothing, or no record. */
export type ReadStep =
  | { readonly kind: 'record'; readonly record: LogRecord; readonly place: Place }
  | { readonly kind: 'damaged'; readonly bytes: number }
  | { readonly kind: 'end'; readonly rest: number };

const CHUNK_BYTES = 256 * 1024;
const nothing = new Uint8Array(0);

/** Reads the records of one segment in their order. Behind damage it looks for the next whole record. */
export class SegmentReader {
  readonly #file: ReadFile;
  #offset: number;
  #chunk: Uint8Array = nothing;
  #chunkAt = 0;

  constructor(file: ReadFile, offset = SEGMENT_HEADER_BYTES) {
    this.#file = file;
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  /** Does not look beyond `limit`, an offset in the file. */
  async next(limit: number): Promise<ReadStep> {
    const start = this.#offset;
    if (start >= limit) return { kind: 'end', rest: 0 };
    const here = await this.#recordAt(start, limit);
    if (here !== undefined) {
      this.#offset = start + here.place.length;
      return { kind: 'record', ...here };
    }
    for (let at = await this.#findMark(start + 1, limit); at !== -1; at = await this.#findMark(at + 1, limit)) {
      if ((await this.#recordAt(at, limit)) === undefined) continue;
      this.#offset = at;
      return { kind: 'damaged', bytes: at - start };
    }
    return { kind: 'end', rest: limit - start };
  }

  async #recordAt(offset: number, limit: number): Promise<{ record: LogRecord; place: Place } | undefined> {
    const length = recordLength(await this.#bytes(offset, RECORD_PREFIX_BYTES));
    if (length === undefined || offset + length > limit) return undefined;
    const bytes = await this.#bytes(offset, length);
    const record = bytes.length === length ? decodeRecord(bytes) : undefined;
    return record === undefined ? undefined : { record, place: { offset, length } };
  }

  async #findMark(from: number, limit: number): Promise<number> {
    for (let at = from; at + MARK.length <= limit; at += CHUNK_BYTES) {
      const window = Buffer.from(await this.#file.read(at, Math.min(limit - at, CHUNK_BYTES + MARK.length - 1)));
      const found = window.indexOf(MARK);
      if (found !== -1) return at + found;
    }
    return -1;
  }

  /** From the chunk that was read last, or from the next one. */
  async #bytes(offset: number, length: number): Promise<Uint8Array> {
    const from = offset - this.#chunkAt;
    if (from < 0 || from + length > this.#chunk.length) {
      this.#chunk = await this.#file.read(offset, Math.max(length, CHUNK_BYTES));
      this.#chunkAt = offset;
      return this.#chunk.subarray(0, length);
    }
    return this.#chunk.subarray(from, from + length);
  }
}
