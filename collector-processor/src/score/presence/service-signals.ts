import type { Signal } from '../../model/signal.ts';
import type { Frame } from '../buckets/frame.ts';
import type { SeriesStore } from '../state/series-store.ts';
import type { SubjectIdentity, SubjectStore } from '../state/subject-store.ts';

/** What a silent signal means: its service is gone, only this signal is, or it is too early to tell. */
export type Silent = 'all' | 'this' | 'undecided';

/** Buckets after which a source that came once or twice is silent. */
const ONCE = 60;

interface Member {
  readonly place: number;
  readonly serial: number;
}

/**
 * The signals of one service side by side: traces, metrics and log records each have a presence, and only together they
 * tell a service that is gone from an exporter that stopped. Bounded by the places of subjects.
 */
export class ServiceSignals {
  /** Bucket since which a presence has been there without a pause. */
  private readonly since: Float64Array;
  private readonly subjects: SubjectStore;
  private readonly series: SeriesStore;
  private readonly steps: number;
  private readonly groups = new Map<string, Member[]>();
  private readonly groupOf: (readonly Member[] | undefined)[] = [];
  private readonly serialOf: Uint32Array;

  /** `steps`: missed steps that are a silence. */
  constructor(subjects: SubjectStore, series: SeriesStore, steps: number) {
    this.subjects = subjects;
    this.series = series;
    this.steps = steps;
    this.since = new Float64Array(subjects.capacity);
    this.serialOf = new Uint32Array(subjects.capacity);
  }

  /** The presence has been closed with data in this bucket, after `idle` buckets without. */
  seen(presence: number, bucket: number, idle: number): void {
    const isNew = this.join(presence);
    if (isNew || idle >= this.patienceOf(presence)) this.since[presence] = bucket;
  }

  /** To be asked of a presence that misses steps. */
  silenceOf(presence: number, frame: Frame): Silent {
    this.join(presence);
    const idle = this.subjects.idle[presence] as number;
    const patience = this.patienceOf(presence);
    let undecided = false;
    for (const { place, serial } of this.groupOf[presence] ?? []) {
      if (place === presence || this.subjects.serial[place] !== serial || !this.isRegular(place)) continue;
      const missed = this.missedBy(place, presence, frame);
      // What went on long after this one stopped is gone when it is silent itself, not when it skips a bucket.
      const wentOn = idle - missed >= patience;
      if (missed >= (wentOn ? this.patienceOf(place) : overdueAfter(this.cadenceOf(place)))) continue;
      if (frame.bucket - (this.since[place] as number) >= patience) return 'this';
      undecided = true;
    }
    return undecided ? 'undecided' : 'all';
  }

  /** Presence of the same service in another signal; -1 without one. */
  beside(presence: number, signal: Signal): number {
    this.join(presence);
    for (const { place, serial } of this.groupOf[presence] ?? []) {
      if (this.subjects.serial[place] !== serial) continue;
      if (this.series.get(this.subjects.slotOf(place, 0))?.series.signal === signal) return place;
    }
    return -1;
  }

  /** Whether nothing came for so many steps that it counts as silent, learned or not. */
  isSilent(presence: number, newestClosed: number): boolean {
    const missed = newestClosed - (this.subjects.lastSeen[presence] as number);
    return missed > (this.isRegular(presence) ? this.patienceOf(presence) : ONCE);
  }

  /** Buckets that a place has missed. Those behind the one that is being closed have not counted this bucket yet. */
  private missedBy(place: number, closing: number, frame: Frame): number {
    const idle = this.subjects.idle[place] as number;
    if (place < closing) return idle;
    const row = frame.find(place);
    return row >= 0 && frame.fresh[row] === 1 ? 0 : idle + 1;
  }

  /** Buckets without data after which a presence is silent. */
  private patienceOf(presence: number): number {
    return this.steps * this.cadenceOf(presence);
  }

  /** Usual buckets from one with data to the next. */
  private cadenceOf(presence: number): number {
    return Math.max(1, Math.round(this.subjects.cadence[presence] as number));
  }

  /** One that came once or twice has no cadence to miss. */
  private isRegular(presence: number): boolean {
    return (this.subjects.cadence[presence] as number) > 0;
  }

  /** True when the presence was not known yet. */
  private join(presence: number): boolean {
    const serial = this.subjects.serial[presence] as number;
    if (this.groupOf[presence] !== undefined && this.serialOf[presence] === serial) return false;
    const entry = this.series.get(this.subjects.slotOf(presence, 0));
    if (entry === undefined) return false;
    const key = serviceOf(entry.series);
    const others = (this.groups.get(key) ?? []).filter(({ place, serial: old }) => this.subjects.serial[place] === old);
    const group = [...others, { place: presence, serial }];
    this.groups.set(key, group);
    for (const { place } of group) this.groupOf[place] = group;
    this.serialOf[presence] = serial;
    this.forgetEmpty();
    return true;
  }

  /** Groups whose members all left; looked for now and then, when there are more than there can be services. */
  private forgetEmpty(): void {
    if (this.groups.size <= this.subjects.capacity) return;
    for (const [key, members] of this.groups) {
      if (members.every(({ place, serial }) => this.subjects.serial[place] !== serial)) this.groups.delete(key);
    }
  }
}

/** One empty bucket may be chance where a source does not come in each. */
export function overdueAfter(cadence: number): number {
  return cadence > 1 ? cadence + 1 : 1;
}

/** What a service is in all signals. */
export function serviceOf({ tenant, namespace, service, environment }: Omit<SubjectIdentity, 'signal'>): string {
  return [tenant, namespace, service, environment].join('\n');
}
