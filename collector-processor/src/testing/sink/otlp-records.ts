import { hash } from 'node:crypto';
import type { Signal } from '../../model/signal.ts';

/** Field numbers from the export request down to the item: spans, data points (of any kind), log records. */
const paths: Readonly<Record<Signal, readonly (readonly number[])[]>> = {
  traces: [[1], [2], [2]],
  metrics: [[1], [2], [2], [5, 7, 9, 10, 11], [1]],
  logs: [[1], [2], [2]],
};
const BYTES = 2;
const fixedSizes: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/** Walks the fields of one message in `bytes[at, end)`. Its own, so that a fault of the product's readers shows. */
class Fields {
  number = 0;
  wire = 0;
  /** Of the value; for length-delimited fields without the length. */
  start = 0;
  stop = 0;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, at: number, end: number) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
  }

  next(): boolean {
    if (this.#at >= this.#end) return false;
    const tag = this.#varint();
    this.number = Math.floor(tag / 8);
    this.wire = tag % 8;
    const length = this.wire === BYTES ? this.#varint() : (fixedSizes[this.wire] ?? 0);
    this.start = this.#at;
    if (this.wire === 0) this.#varint();
    else if (this.wire !== BYTES && length === 0) throw new RangeError(`wire type ${this.wire} at ${this.start}`);
    this.#at += length;
    this.stop = this.#at;
    if (this.#at > this.#end || this.number === 0) throw new RangeError(`no field at ${this.start}`);
    return true;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.#at < this.#end ? this.#bytes[this.#at++] : undefined;
      if (byte === undefined) break;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError(`no number at ${this.#at}`);
  }
}

/** Items in the protobuf bytes of one export request. Throws RangeError on bytes that are no message. */
export function countItems(signal: Signal, payload: Uint8Array): number {
  return countBelow(new Fields(payload, 0, payload.length), payload, paths[signal]);
}

function countBelow(fields: Fields, payload: Uint8Array, path: readonly (readonly number[])[]): number {
  const [numbers = [], ...rest] = path;
  let items = 0;
  while (fields.next()) {
    if (fields.wire !== BYTES || !numbers.includes(fields.number)) continue;
    items += rest.length === 0 ? 1 : countBelow(new Fields(payload, fields.start, fields.stop), payload, rest);
  }
  return items;
}

/** The top-level records of an export request (ResourceSpans, ResourceMetrics, ResourceLogs) as views. */
export function topRecords(payload: Uint8Array): Uint8Array[] {
  const fields = new Fields(payload, 0, payload.length);
  const records: Uint8Array[] = [];
  while (fields.next()) {
    if (fields.number === 1 && fields.wire === BYTES) records.push(payload.subarray(fields.start, fields.stop));
  }
  return records;
}

const MASK = 0xffff_ffff_ffff_ffffn;

/**
 * 64-bit sum of the hashes of the top-level records: the same for one request and for several joined, in any order, so
 * that what was sent can be held against what arrived without keeping either.
 */
export function digestOf(payload: Uint8Array): bigint {
  let sum = 0n;
  for (const record of topRecords(payload)) sum += BigInt(`0x${hash('sha1', record).slice(0, 16)}`);
  return sum & MASK;
}

export function addDigests(left: bigint, right: bigint): bigint {
  return (left + right) & MASK;
}
