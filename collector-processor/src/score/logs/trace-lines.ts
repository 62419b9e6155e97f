import type { LogColumns } from '../../model/columns.ts';
import { copyTrace, hasTrace, TRACE_ID } from '../buckets/trace-ids.ts';

const WAYS = 4;
/** Kinds of lines told apart in one trace; further ones are not counted. */
export const MAX_KINDS = 16;

/** Traces, or sessions, whose lines are being counted by kind: a vector of counts a place, in sets of four places. */
export class TraceLines {
  /** Presence of the logging service; -1 for a free place. */
  readonly presence: Int32Array;
  readonly serial: Uint32Array;
  /** Bucket of the newest line. */
  readonly bucket: Float64Array;
  readonly size: Uint8Array;
  readonly kinds: Int32Array;
  readonly counts: Uint32Array;
  readonly traceId: Uint8Array;
  readonly places: number;
  private readonly key: Int32Array;
  private readonly mask: number;

  constructor(maximum: number) {
    const places = Math.max(WAYS, 2 ** Math.floor(Math.log2(maximum)));
    this.places = places;
    this.mask = places / WAYS - 1;
    this.presence = new Int32Array(places).fill(-1);
    this.serial = new Uint32Array(places);
    this.bucket = new Float64Array(places);
    this.size = new Uint8Array(places);
    this.kinds = new Int32Array(places * MAX_KINDS);
    this.counts = new Uint32Array(places * MAX_KINDS);
    this.traceId = new Uint8Array(places * TRACE_ID);
    this.key = new Int32Array(places);
  }

  /** Place of what the record belongs to, made when it is the first one; -1 without room. */
  place(columns: LogColumns, i: number, key: number, presence: number): number {
    const first = ((key ^ (key >>> 15)) & this.mask) * WAYS;
    let free = -1;
    for (let at = first; at < first + WAYS; at++) {
      if (this.presence[at] === presence && this.key[at] === key) return at;
      if (this.presence[at] === -1) free = at;
    }
    if (free < 0) return free;
    this.presence[free] = presence;
    this.key[free] = key;
    this.size[free] = 0;
    copyTrace(columns.traceId, i, this.traceId, free);
    return free;
  }

  add(at: number, kind: number): void {
    const start = at * MAX_KINDS;
    const size = this.size[at] as number;
    for (let j = start; j < start + size; j++) {
      if (this.kinds[j] !== kind) continue;
      this.counts[j] = (this.counts[j] as number) + 1;
      return;
    }
    if (size === MAX_KINDS) return;
    this.kinds[start + size] = kind;
    this.counts[start + size] = 1;
    this.size[at] = size + 1;
  }

  free(at: number): void {
    this.presence[at] = -1;
  }
}

/** Hash of the trace that a record belongs to, or else of its session; 0 for neither. */
export function threadOf({ traceId, sessionHash }: LogColumns, i: number): number {
  if (!hasTrace(traceId, i)) return (sessionHash[i] as number) | 0;
  let hash = 0x811c9dc5;
  for (let at = i * TRACE_ID + 8; at < (i + 1) * TRACE_ID; at++)
    hash = Math.imul(hash ^ (traceId[at] as number), 0x01000193);
  return Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) | 1;
}
