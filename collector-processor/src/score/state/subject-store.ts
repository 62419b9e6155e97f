import type { Series } from '../../model/anomaly.ts';
import { kindNumber, kindTable, MAX_MEASURES } from '../subject-kinds.ts';
import { HashTable } from './hash-table.ts';
import { Hasher, hexOf } from './hash64.ts';
import type { SeriesState } from './series-state.ts';
import type { SeriesStore } from './series-store.ts';

/** What the series of a subject have in common. */
export type SubjectIdentity = Omit<Series, 'id' | 'measure'>;

export interface NewSubject {
  readonly low: number;
  readonly high: number;
  readonly kind: number;
  readonly identity: SubjectIdentity;
  /** Subject that says whether the service is there in this signal; -1 for that subject itself. */
  readonly presence: number;
}

export interface Eviction {
  readonly series: readonly Series[];
  readonly why: string;
}

const CALLS = kindNumber('calls');
/** How many subjects the clock hand may look at for one admission. */
const HAND_STEPS = 64;

/**
 * What is measured, by 64-bit hash. Bounded by the series store. When that is full, a clock hand looks for a subject that
 * has not been seen for `idleBuckets` buckets and takes its place; when all are alive the newcomer is refused, so that
 * a flood of short-lived series cannot push out what has learned.
 */
export class SubjectStore {
  readonly kind: Uint8Array;
  /** Bucket in which it was last seen. */
  readonly lastSeen: Float64Array;
  /** Step in buckets, at least 1. */
  readonly step: Uint16Array;
  /** Buckets or steps without data; presence only. */
  readonly idle: Uint16Array;
  readonly cadence: Float32Array;
  readonly presence: Int32Array;
  /** Conflicts of several writers; above `UNSUITABLE` it is not scored. */
  readonly conflicts: Uint8Array;
  /** Expected lines of new kinds in a step, for templates; NaN when not judged as new. */
  readonly detail: Float32Array;
  /** Bucket from which on its series have learned, and 1 when their history was asked for. */
  readonly since: Float64Array;
  readonly asked: Uint8Array;
  /** Bucket in which one that sends it last came, or began, anew; presence only. */
  readonly newcomer: Float64Array;
  /** Rises whenever the place is given to somebody else. */
  readonly serial: Uint32Array;
  private readonly lows: Uint32Array;
  private readonly highs: Uint32Array;
  private readonly slots: Int32Array;
  private readonly table: HashTable;
  private readonly series: SeriesStore;
  private readonly freePlaces: number[] = [];
  private readonly hasher = new Hasher();
  private readonly watches: SeriesState[] = [];
  private used = 0;
  private hand = 0;

  constructor(capacity: number, series: SeriesStore) {
    this.series = series;
    this.table = new HashTable(capacity);
    this.kind = new Uint8Array(capacity);
    this.lastSeen = new Float64Array(capacity);
    this.step = new Uint16Array(capacity);
    this.idle = new Uint16Array(capacity);
    this.cadence = new Float32Array(capacity);
    this.presence = new Int32Array(capacity);
    this.conflicts = new Uint8Array(capacity);
    this.detail = new Float32Array(capacity);
    this.since = new Float64Array(capacity);
    this.asked = new Uint8Array(capacity);
    this.newcomer = new Float64Array(capacity);
    this.serial = new Uint32Array(capacity);
    this.lows = new Uint32Array(capacity);
    this.highs = new Uint32Array(capacity);
    this.slots = new Int32Array(capacity * MAX_MEASURES);
  }

  get capacity(): number {
    return this.table.capacity;
  }

  get size(): number {
    return this.table.size;
  }

  /** Whether a subject of any kind would find a place without anybody leaving. */
  get hasRoom(): boolean {
    return this.series.free >= MAX_MEASURES && this.table.size < this.capacity;
  }

  /** Places in use or once used: the bound of a loop over all subjects. */
  get extent(): number {
    return this.used;
  }

  /** A watch keeps numbers by place; they are cleared when the place changes hands. */
  watch<Watch extends { readonly state: SeriesState }>(watch: Watch): Watch {
    this.watches.push(watch.state);
    return watch;
  }

  find(low: number, high: number): number {
    return this.table.get(low, high);
  }

  /** First bucket of the step that a bucket belongs to. */
  startOfStep(subject: number, bucket: number): number {
    return bucket - ((bucket + subject) % (this.step[subject] as number));
  }

  /** Slot of the series of a subject's n-th measure. */
  slotOf(subject: number, measure: number): number {
    return this.slots[subject * MAX_MEASURES + measure] as number;
  }

  /** The new subject's place, or -1 when there is no room. */
  add(subject: NewSubject, bucket: number): number {
    const { measures } = kindTable[subject.kind] ?? { measures: [] };
    if (this.series.free < measures.length || this.table.size >= this.capacity) return -1;
    const place = this.freePlaces.pop() ?? this.used++;
    this.table.set(subject.low, subject.high, place);
    this.lows[place] = subject.low;
    this.highs[place] = subject.high;
    this.kind[place] = subject.kind;
    this.lastSeen[place] = bucket;
    this.step[place] = 1;
    this.idle[place] = 0;
    this.cadence[place] = 0;
    this.conflicts[place] = 0;
    this.detail[place] = NaN;
    this.since[place] = bucket;
    this.asked[place] = 0;
    this.newcomer[place] = bucket;
    this.presence[place] = subject.presence;
    this.serial[place] = (this.serial[place] as number) + 1;
    measures.forEach((measure, index) => {
      const { low, high } = this.hasher.reset(subject.low, subject.high).mix(index + 1, 0);
      const entry = this.series.add(place, { id: hexOf(low, high), measure, ...subject.identity });
      this.slots[place * MAX_MEASURES + index] = entry?.slot ?? -1;
    });
    return place;
  }

  /** Frees the place of a subject that was not seen since before `deadBefore`; undefined when the hand found none. */
  evictIdle(deadBefore: number): Eviction | undefined {
    for (let i = 0; i < Math.min(HAND_STEPS, this.used); i++) {
      this.hand = (this.hand + 1) % this.used;
      const { hand } = this;
      if (this.kind[hand] === 0 || (this.lastSeen[hand] as number) >= deadBefore) continue;
      return { series: this.remove(hand), why: 'It was idle and others needed its place.' };
    }
    return undefined;
  }

  /** Identities of the subjects of one kind of a service in a signal, by the place of its presence. Looks at all places. */
  *heldBy(presence: number, kind: number): Generator<SubjectIdentity> {
    for (let place = 0; place < this.used; place++) {
      if (this.presence[place] !== presence || this.kind[place] !== kind) continue;
      const entry = this.series.get(this.slotOf(place, 0));
      if (entry !== undefined) yield entry.series;
    }
  }

  /** Undefined for a free place, and for one without series. */
  identityOf(subject: number): SubjectIdentity | undefined {
    return this.kind[subject] === 0 ? undefined : this.series.get(this.slotOf(subject, 0))?.series;
  }

  /** Subjects that are calls to a peer. Looks at all places. */
  *edges(): Generator<{ readonly subject: number; readonly identity: SubjectIdentity }> {
    for (let subject = 0; subject < this.used; subject++) {
      if (this.kind[subject] !== CALLS) continue;
      const identity = this.identityOf(subject);
      if (identity?.peer !== undefined) yield { subject, identity };
    }
  }

  /** Slots of all series of a subject, in the order of its measures. */
  slotsOf(subject: number): number[] {
    const { measures } = kindTable[this.kind[subject] as number] ?? { measures: [] };
    return measures.map((_measure, index) => this.slotOf(subject, index));
  }

  hashOf(subject: number): { readonly low: number; readonly high: number } {
    return { low: this.lows[subject] as number, high: this.highs[subject] as number };
  }

  private remove(subject: number): Series[] {
    const slots = this.slotsOf(subject);
    const series = slots.flatMap((slot) => this.series.get(slot)?.series ?? []);
    for (const slot of slots) this.series.remove(slot);
    this.table.delete(this.lows[subject] as number, this.highs[subject] as number);
    this.kind[subject] = 0;
    for (const watch of this.watches) watch.clear(subject);
    this.serial[subject] = (this.serial[subject] as number) + 1;
    this.freePlaces.push(subject);
    return series;
  }
}
