import { OVERFLOW_TEXT } from '../../model/symbols.ts';
import type { Admission } from '../admission.ts';
import type { Crowd } from '../crowded-services.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { kindNumber } from '../subject-kinds.ts';

const callsKind = kindNumber('calls');
const failureKind = kindNumber('failure');

interface Held {
  /** Of the place that the service's presence has. */
  readonly serial: number;
  readonly operations: number;
  readonly peers: number;
  readonly 'error types': number;
  readonly evictions: number;
  readonly bucket: number;
}

/**
 * How many operations, and peers, a service holds, so that one that makes up new names all the time takes no places of
 * others. Counted from what is there, so that it is right after a restart too: at the first question, and again when
 * somebody left, at most once a bucket. In between it only grows.
 */
export class CallQuota {
  private readonly subjects: SubjectStore;
  private readonly admission: Pick<Admission, 'evictions'>;
  private readonly most: number;
  /** By the place of the service's presence, so bounded by the number of places. */
  private readonly services = new Map<number, Held>();

  constructor(subjects: SubjectStore, admission: Pick<Admission, 'evictions'>, most: number) {
    this.subjects = subjects;
    this.admission = admission;
    this.most = most;
  }

  /** `presence` -1: the service itself found no place, and admission will say so. */
  hasRoom(presence: number, what: Crowd, bucket: number): boolean {
    if (presence < 0) return true;
    const held = this.held(presence, bucket);
    if (held[what] < this.most) return true;
    if (held.bucket === bucket || held.evictions === this.admission.evictions) return false;
    return this.recount(presence, bucket)[what] < this.most;
  }

  /** One more has a place. */
  took(presence: number, what: Crowd): void {
    const held = this.services.get(presence);
    if (held !== undefined) this.services.set(presence, { ...held, [what]: held[what] + 1 });
  }

  private held(presence: number, bucket: number): Held {
    const known = this.services.get(presence);
    if (known !== undefined && known.serial === this.subjects.serial[presence]) return known;
    return this.recount(presence, bucket);
  }

  private recount(presence: number, bucket: number): Held {
    let operations = 0;
    let peers = 0;
    let errorTypes = 0;
    for (const { attributes } of this.subjects.heldBy(presence, failureKind)) {
      if (attributes['error.type'] !== OVERFLOW_TEXT) errorTypes++;
    }
    for (const { operation, peer } of this.subjects.heldBy(presence, callsKind)) {
      if (operation === OVERFLOW_TEXT || peer === OVERFLOW_TEXT) continue;
      if (operation !== undefined) operations++;
      else if (peer !== undefined) peers++;
    }
    const { evictions } = this.admission;
    const held = {
      serial: this.subjects.serial[presence] as number,
      operations,
      peers,
      'error types': errorTypes,
      evictions,
      bucket,
    };
    this.services.set(presence, held);
    return held;
  }
}
