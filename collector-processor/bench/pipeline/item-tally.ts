import type { Signal } from '../../src/model/signal.ts';

/**
 * How many items, and a hash over them that does not depend on their order: the sums of the halves of one 8-byte field
 * of each item that is its own (span id; span id of a record; value of a point), modulo 2^32.
 */
export interface ItemTally {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

export const NO_ITEMS: ItemTally = { count: 0, low: 0, high: 0 };

/** Fields from the request down to the item, and the item's own field. */
const PATHS: Readonly<Record<Signal, readonly number[]>> = {
  traces: [1, 2, 2],
  logs: [1, 2, 2],
  metrics: [1, 2, 2, 0, 1],
};
const OWN_FIELDS: Readonly<Record<Signal, readonly number[]>> = { traces: [2], logs: [10], metrics: [4, 5] };
/** Gauge, sum, histogram. */
const POINT_LISTS = [5, 7, 9];

export function addTallies(one: ItemTally, other: ItemTally): ItemTally {
  return { count: one.count + other.count, low: (one.low + other.low) >>> 0, high: (one.high + other.high) >>> 0 };
}

/** Of a whole protobuf request, or several joined. Not hardened: it reads what the benchmark itself has made. */
export function tallyOf(signal: Signal, body: Uint8Array): ItemTally {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const total = { count: 0, low: 0, high: 0 };
  let at = 0;

  function varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  function skip(wireType: number): void {
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else {
      const length = varint();
      at += length;
    }
  }

  function descend(depth: number, end: number): void {
    const path = PATHS[signal];
    while (at < end) {
      const tag = varint();
      const field = tag >>> 3;
      const wanted = path[depth] === 0 ? POINT_LISTS.includes(field) : field === path[depth];
      if (!wanted || (tag & 7) !== 2) skip(tag & 7);
      else {
        const length = varint();
        if (depth === path.length - 1) item(at + length);
        else descend(depth + 1, at + length);
      }
    }
  }

  function item(end: number): void {
    total.count++;
    while (at < end) {
      const tag = varint();
      const field = tag >>> 3;
      const own = OWN_FIELDS[signal].includes(field) && ((tag & 7) === 1 || ((tag & 7) === 2 && signal !== 'metrics'));
      if (!own) {
        skip(tag & 7);
        continue;
      }
      if ((tag & 7) === 2) varint();
      total.low = (total.low + view.getUint32(at, true)) >>> 0;
      total.high = (total.high + view.getUint32(at + 4, true)) >>> 0;
      at += 8;
    }
  }

  descend(0, body.byteLength);
  return total;
}
