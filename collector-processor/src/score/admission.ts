import { type Signal, signals } from '../model/signal.ts';
import type { Mask } from '../runtime/masking.ts';
import type { Frame } from './buckets/frame.ts';
import type { CrowdedServices } from './crowded-services.ts';
import type { IntakeCounts } from './intake-counts.ts';
import { maskedIdentity } from './masked-identity.ts';
import type { Deliveries } from './presence/deliveries.ts';
import { identityOf, type Source } from './sources.ts';
import { Hasher } from './state/hash64.ts';
import type { Eviction, NewSubject, SubjectIdentity, SubjectStore } from './state/subject-store.ts';
import { kindNumber } from './subject-kinds.ts';

export interface AdmissionParts {
  readonly subjects: SubjectStore;
  readonly counts: IntakeCounts;
  /** A subject not seen for so many buckets may give its place away. */
  readonly idleBuckets: number;
  readonly mask: Mask;
  readonly onEvicted: (eviction: Eviction) => void;
  readonly deliveries: Deliveries;
  readonly crowded: CrowdedServices;
}

/** New subjects one call of `accept` may make, so that a new deployment does not hold up the event loop. */
const PER_CALL = 800;
/** Between two fruitless searches for an idle subject, so many newcomers are refused without one. */
const REFUSALS_PER_SEARCH = 16;
const PRESENCE = 0x70726573;
const presenceKind = kindNumber('presence');

/** Finds the place of a subject, or makes one if there is room. */
export class Admission {
  /** Rises whenever a place changes hands: caches that hold places must be emptied then. */
  evictions = 0;
  private readonly parts: AdmissionParts;
  private readonly hasher = new Hasher();
  private left = PER_CALL;
  private refusals = 0;
  private nowMs = 0;

  constructor(parts: AdmissionParts) {
    this.parts = parts;
  }

  startCall(nowMs: number): void {
    this.left = PER_CALL;
    this.nowMs = nowMs;
  }

  /** The new subject's place; -1 when it has to do without, which is counted. */
  admit(
    low: number,
    high: number,
    kind: number,
    source: Source,
    signal: Signal,
    bucket: number,
    identity: SubjectIdentity,
  ): number {
    const presence = kind === presenceKind ? -1 : this.presenceOf(source, signal, bucket);
    return this.add({ low, high, kind, identity: maskedIdentity(identity, this.parts.mask), presence }, signal, bucket);
  }

  /** For what is made of subjects that are there. */
  admitDerived(subject: NewSubject, bucket: number): number {
    const { signal } = subject.identity;
    this.left = Math.max(this.left, 1);
    return this.add(subject, signal, bucket);
  }

  /** Notes that a service sent something of this signal in this bucket, and how old it is. Returns its presence. */
  touch(source: Source, signal: Signal, frame: Frame, timeMs: number): number {
    const subject = this.presenceOf(source, signal, frame.bucket);
    if (subject < 0) return subject;
    frame.events[frame.row(subject)] = 1;
    this.parts.deliveries.add(subject, this.nowMs - timeMs, false);
    return subject;
  }

  /** Notes that a service sent something whose bucket was closed already. */
  touchLate(source: Source, signal: Signal, timeMs: number): void {
    const index = signals.indexOf(signal);
    const known = source.presence[index] as number;
    if (known < 0 || this.parts.subjects.serial[known] !== source.presenceSerial[index]) return;
    this.parts.deliveries.add(known, this.nowMs - timeMs, true);
  }

  private presenceOf(source: Source, signal: Signal, bucket: number): number {
    const index = signals.indexOf(signal);
    const { subjects } = this.parts;
    const known = source.presence[index] as number;
    if (known >= 0 && subjects.serial[known] === source.presenceSerial[index]) return known;
    const { low, high } = this.hasher.reset(source.key.low, source.key.high).mix(PRESENCE, index);
    const found = subjects.find(low, high);
    const identity = identityOf(source, signal);
    const subject =
      found >= 0 ? found : this.add({ low, high, kind: presenceKind, identity, presence: -1 }, signal, bucket);
    source.presence[index] = subject;
    if (subject < 0) return subject;
    source.presenceSerial[index] = subjects.serial[subject] as number;
    subjects.newcomer[subject] = bucket;
    return subject;
  }

  private add(subject: NewSubject, signal: Signal, bucket: number): number {
    const { subjects } = this.parts;
    const { unscored } = this.parts.counts[signal];
    if (this.left <= 0) {
      unscored.admission.add(1);
      return -1;
    }
    this.left--;
    let place = subjects.add(subject, bucket);
    while (place < 0 && this.makeRoom(bucket)) place = subjects.add(subject, bucket);
    if (place < 0) {
      unscored.full.add(1);
      const { tenant, service } = subject.identity;
      // Metric streams go on in the light tier, which tells of them.
      if (signal !== 'metrics') this.parts.crowded.noteNoPlace(signal, tenant, service);
    }
    return place;
  }

  private makeRoom(bucket: number): boolean {
    const { subjects, idleBuckets, onEvicted } = this.parts;
    if (this.refusals > 0) {
      this.refusals--;
      return false;
    }
    const eviction = subjects.evictIdle(bucket - idleBuckets);
    if (eviction === undefined) {
      this.refusals = REFUSALS_PER_SEARCH;
      return false;
    }
    this.evictions++;
    onEvicted(eviction);
    return true;
  }
}
