import type { Hash64 } from '../../model/resource.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import { HashTable } from '../state/hash-table.ts';
import { SeriesState } from '../state/series-state.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import type { Instance } from './fleet.ts';
import type { Tallied } from './peer-measures.ts';

/** Measures of one subject that are compared. */
export const MEASURES = 2;
/** Odd steps in a row, with the present one. */
export const STEPS = 3;

export interface PeerTableParts {
  readonly maxCompared: number;
  readonly subjects: SubjectStore;
  readonly metrics: SelfMetrics;
}

/** What is added up, and known, of one subject in one instance: a place each. */
export class PeerTable {
  /** What was learned, by place: how far from its peers an instance usually is, its own level, surprises of late. */
  readonly state: SeriesState;
  readonly offset: Float32Array;
  readonly usual: Float32Array;
  readonly age: Uint16Array;
  readonly lately: Float32Array;
  /** Steps in a row that were odd. */
  readonly odd: Uint16Array;
  readonly instance: (Instance | undefined)[] = [];
  /** Places of each subject. */
  readonly groups = new Map<number, number[]>();
  /** Steps in which a finding is still followed after the last odd one. */
  readonly following: Uint8Array;
  /** Buckets for which too few events have waited. */
  readonly held: Uint8Array;
  private readonly parts: PeerTableParts;
  private readonly table: HashTable;
  private readonly serial: Uint32Array;
  private readonly subject: Int32Array;
  private readonly events: Float64Array;
  private readonly total: Float64Array;
  private readonly seconds: Float64Array;
  private readonly sum: Float64Array;
  private readonly failures: Float64Array;
  private readonly free: number[] = [];
  private readonly saved = new Map<string, Uint8Array>();
  private readonly refused: Counter;
  private used = 0;
  private foundLast = -1;

  constructor(parts: PeerTableParts) {
    const { maxCompared, metrics } = parts;
    this.parts = parts;
    this.table = new HashTable(maxCompared);
    this.state = new SeriesState(maxCompared);
    this.offset = this.state.float32(MEASURES);
    this.usual = this.state.float32(MEASURES);
    this.age = this.state.uint16(MEASURES);
    this.lately = this.state.float32(MEASURES * (STEPS - 1));
    this.odd = this.state.uint16(MEASURES);
    this.following = new Uint8Array(maxCompared * MEASURES);
    this.held = new Uint8Array(maxCompared);
    this.serial = new Uint32Array(maxCompared);
    this.subject = new Int32Array(maxCompared);
    this.events = new Float64Array(maxCompared);
    this.total = new Float64Array(maxCompared);
    this.seconds = new Float64Array(maxCompared);
    this.sum = new Float64Array(maxCompared);
    this.failures = new Float64Array(maxCompared);
    const help = 'Items of instances that were not compared with their peers for want of room.';
    this.refused = metrics.counter({ name: 'sentinel_peers_refused_total', help });
    const known = 'Series of instances that are compared with those of their peers.';
    metrics.gauge({ name: 'sentinel_peers_compared', help: known }, () => this.table.size);
  }

  /** -1 when there is no room. What an instance sends comes in the order in which it first came (see `StreamStore.find`). */
  place(subject: number, instance: Instance): number {
    const next = this.foundLast + 1;
    const isNext = this.subject[next] === subject && this.isSame(next, subject, instance);
    const place = isNext ? next : this.lookUp(subject, instance);
    this.foundLast = place;
    return place;
  }

  private lookUp(subject: number, instance: Instance): number {
    const found = this.table.get(keyOf(subject, instance), instance.number);
    if (found >= 0 && this.isSame(found, subject, instance)) return found;
    if (found >= 0) this.remove(found);
    return this.add(subject, instance);
  }

  count(place: number, total: number, seconds: number, sum: number): void {
    this.events[place] = (this.events[place] as number) + 1;
    this.total[place] = (this.total[place] as number) + total;
    this.seconds[place] = (this.seconds[place] as number) + seconds;
    this.sum[place] = (this.sum[place] as number) + sum;
  }

  fail(place: number): void {
    this.failures[place] = (this.failures[place] as number) + 1;
  }

  tallied(place: number): Tallied {
    const { events, total, seconds, sum, failures } = this;
    const at = (column: Float64Array): number => column[place] as number;
    return { events: at(events), total: at(total), seconds: at(seconds), sum: at(sum), failures: at(failures) };
  }

  /** The next step begins. */
  reset(place: number): void {
    for (const column of [this.events, this.total, this.seconds, this.sum, this.failures]) column[place] = 0;
    this.held[place] = 0;
  }

  isCurrent(place: number): boolean {
    return this.serial[place] === this.parts.subjects.serial[this.subject[place] as number];
  }

  remove(place: number): void {
    const instance = this.instance[place];
    const subject = this.subject[place] as number;
    if (instance === undefined) return;
    this.table.delete(keyOf(subject, instance), instance.number);
    const rest = (this.groups.get(subject) ?? []).filter((other) => other !== place);
    if (rest.length === 0) this.groups.delete(subject);
    else this.groups.set(subject, rest);
    this.instance[place] = undefined;
    this.free.push(place);
  }

  /** By subject and instance, for the snapshot. */
  *places(): Generator<{ readonly key: string; readonly place: number }> {
    for (const [subject, places] of this.groups) {
      for (const place of places) {
        const instance = this.instance[place];
        if (instance !== undefined && this.isCurrent(place)) yield { key: this.stableKey(subject, instance), place };
      }
    }
  }

  /** What is known from before waits until the instance is seen again. */
  keep(key: string, state: Uint8Array): void {
    if (this.saved.size < this.parts.maxCompared) this.saved.set(key, state);
  }

  private add(subject: number, instance: Instance): number {
    const place = this.free.pop() ?? (this.used < this.parts.maxCompared ? this.used++ : -1);
    if (place < 0) {
      this.refused.add(1);
      return place;
    }
    this.table.set(keyOf(subject, instance), instance.number, place);
    this.subject[place] = subject;
    this.serial[place] = this.parts.subjects.serial[subject] as number;
    this.instance[place] = instance;
    this.state.clear(place);
    this.following.fill(0, place * MEASURES, (place + 1) * MEASURES);
    this.reset(place);
    const group = this.groups.get(subject);
    if (group === undefined) this.groups.set(subject, [place]);
    else group.push(place);
    const key = this.stableKey(subject, instance);
    const saved = this.saved.get(key);
    if (saved?.length === this.state.bytesPerSeries) this.state.load(place, saved, 0);
    this.saved.delete(key);
    return place;
  }

  private isSame(place: number, subject: number, instance: Instance): boolean {
    return this.instance[place] === instance && this.serial[place] === this.parts.subjects.serial[subject];
  }

  private stableKey(subject: number, { hash }: Instance): string {
    return keyText(this.parts.subjects.hashOf(subject), hash);
  }
}

function keyText(subject: Hash64, instance: Hash64): string {
  return [subject.low >>> 0, subject.high >>> 0, instance.low >>> 0, instance.high >>> 0].join(':');
}

/** Mixed, and still one for each subject of an instance. */
function keyOf(subject: number, { number }: Instance): number {
  return Math.imul(subject + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b);
}
