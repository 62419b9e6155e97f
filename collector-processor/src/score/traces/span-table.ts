const WAYS = 4;
const KEY = 4;
const HIGH = 1;
/** Bucket in which it was last touched, + 1; 0 is free. */
const STAMP = 2;

/** What is known of one span by its id, before or after it came itself. One row a place. */
export class SpanTable {
  readonly length: number;
  /** Time in calls that it made: their sum, and from the first start to the last end, in milliseconds. */
  readonly callsMs: Float64Array;
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
  /** An inner span: what it waits for, its parent waits for. */
  readonly isInner: Uint8Array;
  readonly parentLow: Int32Array;
  readonly parentHigh: Int32Array;
  /** Nanoseconds, negative while unknown: as the caller saw it, as the callee did. */
  readonly callerNs: Float64Array;
  readonly calleeNs: Float64Array;
  /** Subject of the callee, and the serial that says whether it still is. */
  readonly callee: Int32Array;
  readonly serial: Uint32Array;
  /** Presence of the caller's service, the subject of the edge it called by, and the serial of the first. */
  readonly caller: Int32Array;
  readonly edge: Int32Array;
  readonly callerSerial: Uint32Array;
  /** Four numbers a place, so that the places of a set are one cache line: the halves of the id, and the stamp. */
  private readonly keys: Int32Array;
  /** Of a message: 1 once its sender was seen, 2 once who took it was, 3 with both. */
  readonly message: Uint8Array;
  private readonly mask: number;
  private readonly keepBuckets: number;

  constructor(maximum: number, keepBuckets: number) {
    const places = Math.max(WAYS, 2 ** Math.floor(Math.log2(maximum)));
    this.mask = places / WAYS - 1;
    this.keepBuckets = keepBuckets;
    this.length = places;
    this.callsMs = new Float64Array(places);
    this.firstMs = new Float64Array(places);
    this.lastMs = new Float64Array(places);
    this.isInner = new Uint8Array(places);
    this.parentLow = new Int32Array(places);
    this.parentHigh = new Int32Array(places);
    this.callerNs = new Float64Array(places);
    this.calleeNs = new Float64Array(places);
    this.callee = new Int32Array(places);
    this.serial = new Uint32Array(places);
    this.caller = new Int32Array(places);
    this.edge = new Int32Array(places);
    this.callerSerial = new Uint32Array(places);
    this.keys = new Int32Array(places * KEY);
    this.message = new Uint8Array(places);
  }

  /** -1 when nothing is known of the span. */
  find(low: number, high: number): number {
    const { keys } = this;
    const first = this.firstOf(low, high);
    for (let at = first; at < first + WAYS; at++) {
      if (keys[at * KEY] === low && keys[at * KEY + HIGH] === high && keys[at * KEY + STAMP] !== 0) return at;
    }
    return -1;
  }

  addCall(at: number, durationMs: number, startMs: number, endMs: number): void {
    if (!(durationMs > 0)) return;
    const isFirst = this.callsMs[at] === 0;
    this.firstMs[at] = isFirst ? startMs : Math.min(startMs, this.firstMs[at] as number);
    this.lastMs[at] = isFirst ? endMs : Math.max(endMs, this.lastMs[at] as number);
    this.callsMs[at] = (this.callsMs[at] as number) + durationMs;
  }

  /** Milliseconds in calls: one after the other they add up, side by side they do not. */
  covered(at: number): number {
    const sum = this.callsMs[at] as number;
    return sum === 0 ? 0 : Math.min(sum, (this.lastMs[at] as number) - (this.firstMs[at] as number));
  }

  /** The span's place, made in one of four that is free or out of date; -1 when there is none. */
  place(low: number, high: number, bucket: number): number {
    const { keys } = this;
    const found = this.find(low, high);
    if (found >= 0) {
      keys[found * KEY + STAMP] = bucket + 1;
      return found;
    }
    const first = this.firstOf(low, high);
    for (let at = first; at < first + WAYS; at++) {
      const stamp = keys[at * KEY + STAMP] as number;
      if (stamp !== 0 && stamp > (bucket | 0) - this.keepBuckets) continue;
      this.clear(at);
      keys[at * KEY] = low;
      keys[at * KEY + HIGH] = high;
      keys[at * KEY + STAMP] = (bucket | 0) + 1;
      return at;
    }
    return -1;
  }

  private clear(at: number): void {
    this.callsMs[at] = 0;
    this.isInner[at] = 0;
    this.message[at] = 0;
    this.callerNs[at] = -1;
    this.calleeNs[at] = -1;
  }

  private firstOf(low: number, high: number): number {
    // Ids need not be random: some tools count.
    let mixed = Math.imul(high ^ (high >>> 16), 0x85ebca6b);
    mixed = Math.imul(low ^ (low >>> 16) ^ mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) & this.mask) * WAYS;
  }
}
