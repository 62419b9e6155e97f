import { CountArena } from './count-arena.ts';
import { HashTable } from './hash-table.ts';

/** A stream in the light tier has no subject: it is only watched for being worth one. */
export const LIGHT = -1;

/** How many streams the clock hand may look at for one admission. */
const HAND_STEPS = 32;
/** Weight of the newest gap between two points in the learned cadence. */
const CADENCE_RATE = 0.2;
/** Points of one conflict, what heals it, and from where on the stream is unsuitable. */
const CONFLICT = 24;
const MAX_CONFLICTS = 250;
export const UNSUITABLE = 60;

/**
 * Raw metric streams: what one instance sends for one metric and one set of attributes. Kept are its last point, for
 * differences, resets and repeats, its cadence, and which subject it counts for.
 */
export class StreamStore {
  readonly subject: Int32Array;
  readonly subjectSerial: Uint32Array;
  readonly lastTimeMs: Float64Array;
  readonly startMs: Float64Array;
  readonly lastValue: Float64Array;
  readonly lastSum: Float64Array;
  readonly cadenceMs: Float32Array;
  /** Bucket of the last point, to count each stream once. */
  readonly lastBucket: Float64Array;
  readonly conflicts: Uint8Array;
  /** Cumulative histograms: place and length of their last counts, and the shape these have. */
  readonly countPlace: Int32Array;
  readonly countLength: Uint16Array;
  readonly countShape: Int32Array;
  /** Light tier: exponential mean and mean deviation, and points seen. */
  readonly lightMean: Float32Array;
  readonly lightSpread: Float32Array;
  readonly lightSeen: Uint8Array;
  readonly counts: CountArena;
  private readonly lows: Uint32Array;
  private readonly highs: Uint32Array;
  private readonly table: HashTable;
  private readonly freePlaces: number[] = [];
  private used = 0;
  private hand = 0;

  constructor(capacity: number, maxHistogramCounts: number) {
    this.table = new HashTable(capacity);
    this.counts = new CountArena(maxHistogramCounts);
    this.subject = new Int32Array(capacity);
    this.subjectSerial = new Uint32Array(capacity);
    this.lastTimeMs = new Float64Array(capacity);
    this.startMs = new Float64Array(capacity);
    this.lastValue = new Float64Array(capacity);
    this.lastSum = new Float64Array(capacity);
    this.cadenceMs = new Float32Array(capacity);
    this.lastBucket = new Float64Array(capacity);
    this.conflicts = new Uint8Array(capacity);
    this.countPlace = new Int32Array(capacity);
    this.countLength = new Uint16Array(capacity);
    this.countShape = new Int32Array(capacity);
    this.lightMean = new Float32Array(capacity);
    this.lightSpread = new Float32Array(capacity);
    this.lightSeen = new Uint8Array(capacity);
    this.lows = new Uint32Array(capacity);
    this.highs = new Uint32Array(capacity);
  }

  get size(): number {
    return this.table.size;
  }

  find(low: number, high: number): number {
    return this.table.get(low, high);
  }

  /** A new stream's place; one not seen since `deadBeforeMs` makes room for it. -1 when all are alive. */
  add(low: number, high: number, deadBeforeMs: number): number {
    if (this.table.size >= this.table.capacity && !this.evictIdle(deadBeforeMs)) return -1;
    const place = this.freePlaces.pop() ?? this.used++;
    this.table.set(low, high, place);
    this.lows[place] = low;
    this.highs[place] = high;
    this.subject[place] = LIGHT;
    for (const column of [this.lastTimeMs, this.startMs, this.cadenceMs, this.conflicts]) column[place] = 0;
    for (const column of [this.lightMean, this.lightSpread, this.lightSeen, this.countPlace]) column[place] = 0;
    this.lastValue[place] = NaN;
    this.lastSum[place] = NaN;
    this.lastBucket[place] = NaN;
    return place;
  }

  /** Learns the gap before a point; called before `lastTimeMs` moves. */
  learnCadence(stream: number, timeMs: number): void {
    const last = this.lastTimeMs[stream] as number;
    if (last === 0) return;
    const gap = timeMs - last;
    const cadence = this.cadenceMs[stream] as number;
    this.cadenceMs[stream] = cadence === 0 ? gap : cadence + CADENCE_RATE * (Math.min(gap, 3 * cadence) - cadence);
  }

  /** A sign that two writers share the stream. Healed by clean points, one at a time. */
  conflict(stream: number): void {
    this.conflicts[stream] = Math.min(MAX_CONFLICTS, (this.conflicts[stream] as number) + CONFLICT);
  }

  heal(stream: number): void {
    const conflicts = this.conflicts[stream] as number;
    if (conflicts > 0) this.conflicts[stream] = conflicts - 1;
  }

  private evictIdle(deadBeforeMs: number): boolean {
    for (let i = 0; i < HAND_STEPS; i++) {
      this.hand = (this.hand + 1) % this.used;
      const { hand } = this;
      if ((this.lastTimeMs[hand] as number) >= deadBeforeMs) continue;
      this.table.delete(this.lows[hand] as number, this.highs[hand] as number);
      this.counts.release(this.countPlace[hand] as number, this.countLength[hand] as number);
      this.lastTimeMs[hand] = Infinity;
      this.freePlaces.push(hand);
      return true;
    }
    return false;
  }
}
