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
 * Numbers of one stream in `StreamStore.numbers`, side by side because every point reads and writes most of them: one
 * cache line instead of eight.
 */
export const StreamNumber = {
  lastTimeMs: 0,
  startMs: 1,
  lastValue: 2,
  lastSum: 3,
  /** Bucket of the last point, to count each stream once in a step. */
  lastBucket: 4,
  cadenceMs: 5,
  /** Light tier: mean and mean deviation. */
  lightMean: 6,
  lightSpread: 7,
} as const;
const WIDTH = 8;
const { lastTimeMs, cadenceMs } = StreamNumber;

/**
 * Raw metric streams: what one instance sends for one metric and one set of attributes. Kept are its last point, for
 * differences, resets and repeats, its cadence, and which subject it counts for.
 */
export class StreamStore {
  readonly subject: Int32Array;
  readonly subjectSerial: Uint32Array;
  readonly numbers: Float64Array;
  readonly conflicts: Uint8Array;
  /** Points the light tier has seen. */
  readonly lightSeen: Uint8Array;
  /** Number of its name among `LightKinds`; 0: it has none yet. */
  readonly lightKind: Uint16Array;
  /** Cumulative histograms: place and length of their last counts, and the shape these have. */
  readonly countPlace: Int32Array;
  readonly countLength: Uint16Array;
  readonly countShape: Int32Array;
  readonly counts: CountArena;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  private readonly table: HashTable;
  private readonly freePlaces: number[] = [];
  private used = 0;
  private foundLast = -1;
  private hand = 0;

  constructor(capacity: number, maxHistogramCounts: number) {
    this.table = new HashTable(capacity);
    this.counts = new CountArena(maxHistogramCounts);
    this.subject = new Int32Array(capacity);
    this.subjectSerial = new Uint32Array(capacity);
    this.numbers = new Float64Array(capacity * WIDTH);
    this.conflicts = new Uint8Array(capacity);
    this.countPlace = new Int32Array(capacity);
    this.countLength = new Uint16Array(capacity);
    this.countShape = new Int32Array(capacity);
    this.lightSeen = new Uint8Array(capacity);
    this.lightKind = new Uint16Array(capacity);
    this.lows = new Int32Array(capacity);
    this.highs = new Int32Array(capacity);
  }

  get size(): number {
    return this.table.size;
  }

  /** Streams that are only watched lightly. Looks at all places. */
  countLight(): number {
    let light = 0;
    this.eachLight(() => light++);
    return light;
  }

  /** Those that are only watched lightly. Looks at all places. */
  eachLight(take: (stream: number) => void): void {
    for (let place = 0; place < this.used; place++) {
      if (this.lightSeen[place] !== 0 && this.subject[place] === LIGHT) take(place);
    }
  }

  /**
   * -1 when there is none. Streams come in the order in which they first came, so the next place is looked at first: it is in the
   * processor's cache already, what the table holds of it is not.
   */
  find(low: number, high: number): number {
    const next = this.foundLast + 1;
    const isNext = next < this.used && this.lows[next] === (low | 0) && this.highs[next] === (high | 0);
    const found = isNext ? next : this.table.get(low, high);
    this.foundLast = found;
    return found;
  }

  /** A new stream's place; one not seen since `deadBeforeMs` makes room for it. -1 when all are alive. */
  add(low: number, high: number, deadBeforeMs: number): number {
    if (this.table.size >= this.table.capacity && !this.evictIdle(deadBeforeMs)) return -1;
    const place = this.freePlaces.pop() ?? this.used++;
    this.table.set(low, high, place);
    this.lows[place] = low;
    this.highs[place] = high;
    this.subject[place] = LIGHT;
    this.conflicts[place] = 0;
    this.lightSeen[place] = 0;
    this.lightKind[place] = 0;
    this.countPlace[place] = 0;
    this.countShape[place] = 0;
    const at = place * WIDTH;
    this.numbers.fill(0, at, at + WIDTH);
    this.numbers.fill(NaN, at + StreamNumber.lastValue, at + StreamNumber.lastBucket + 1);
    return place;
  }

  /** Where the numbers of a stream start. */
  at(stream: number): number {
    return stream * WIDTH;
  }

  /** Learns the gap before a point; called before the last time moves. */
  learnCadence(stream: number, timeMs: number): void {
    const at = stream * WIDTH;
    const { numbers } = this;
    const last = numbers[at + lastTimeMs] as number;
    if (last === 0) return;
    const gap = timeMs - last;
    const cadence = numbers[at + cadenceMs] as number;
    numbers[at + cadenceMs] = cadence === 0 ? gap : cadence + CADENCE_RATE * (Math.min(gap, 3 * cadence) - cadence);
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
      const last = hand * WIDTH + lastTimeMs;
      if ((this.numbers[last] as number) >= deadBeforeMs) continue;
      this.table.delete(this.lows[hand] as number, this.highs[hand] as number);
      this.counts.release(this.countPlace[hand] as number, this.countLength[hand] as number);
      this.numbers[last] = Infinity;
      this.freePlaces.push(hand);
      return true;
    }
    return false;
  }
}
