import { carryHeld } from './buckets/carry.ts';
import type { Frame } from './buckets/frame.ts';
import type { CountWatches } from './count-watches.ts';
import { quantile } from './metrics/distribution.ts';
import type { ServiceSignals } from './presence/service-signals.ts';
import type { Reading } from './reading.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { type SubjectKindName, subjectKindNames } from './subject-kinds.ts';

export interface CountsCloserParts {
  readonly subjects: SubjectStore;
  readonly services: ServiceSignals;
  readonly watches: CountWatches;
  readonly bucketMs: number;
  readonly boundsOf: (id: number) => Float64Array;
  readonly minEvents: number;
  readonly take: (subject: number, measure: number, value: number) => void;
}

/** Buckets that latency waits for enough events. */
const MAX_HELD = 60;
/** Shorter times, in nanoseconds, are all the same. */
const LEAST_TIME = 1e5;

/** Spans, records and what is made of them, once their bucket is closed. */
export class CountsCloser {
  private readonly parts: CountsCloserParts;

  constructor(parts: CountsCloserParts) {
    this.parts = parts;
  }

  /** No row means none, as long as their service is there at all. */
  closeCounts(subject: number, kind: number, reading: Reading, next: Frame): void {
    const { subjects, bucketMs, minEvents, watches, take } = this.parts;
    const { frame, row } = reading;
    const source = this.sourceOf(subject, frame);
    if (source < 0) {
      hold(subject, frame, row, next);
      return;
    }
    const events = row < 0 ? 0 : (frame.events[row] as number);
    const total = row < 0 ? 0 : (frame.total[row] as number);
    const isCalls = subjectKindNames[kind] === 'calls';
    reading.stepMs = bucketMs;
    reading.events = events;
    reading.failures = row < 0 ? 0 : (frame.failures[row] as number);
    reading.weight = isCalls && events > 0 ? total / events : 1;
    reading.detail = subjects.detail[subject] as number;
    reading.toldAs = isCalls && events === 0 ? watches.lostAs(subject) : undefined;
    take(subject, 0, ((isCalls ? total : events) * 1000) / bucketMs);
    reading.detail = NaN;
    reading.toldAs = undefined;
    watches.count(subject, kind, frame.members[source] as number, reading);
    if (!isCalls || row < 0) return;
    if ((frame.heldEvents[row] as number) < minEvents) hold(subject, frame, row, next);
    else this.closeCalls(subject, reading);
  }

  /** The median of durations, once there are enough of them. */
  closeTimes(subject: number, reading: Reading, next: Frame): void {
    const { frame, row } = reading;
    if (row < 0) return;
    if (!this.isEnough(reading)) hold(subject, frame, row, next);
    else this.parts.take(subject, 0, Math.max(LEAST_TIME, quantile(frame, row, 0.5, this.parts.boundsOf)));
  }

  /** A share of what its service did, or a ratio of two signals of it, once there is enough of that. */
  closeShare(subject: number, kind: number, reading: Reading, next: Frame): void {
    const { subjects, take } = this.parts;
    const { frame } = reading;
    const name = subjectKindNames[kind] as SubjectKindName;
    const own = this.sourceOf(subject, frame);
    const calls = name === 'chatter' ? this.callsOf(subjects.presence[subject] as number, frame) : own;
    if (calls < 0 && reading.row < 0) return;
    const row = frame.carry(subject);
    reading.row = row;
    if (name !== 'failure') subjects.lastSeen[subject] = frame.bucket;
    // Traces are counted in their own row when they are over.
    if (calls >= 0 && name !== 'shape') this.addShare(name, frame, row, own, calls);
    if (!this.isEnough(reading)) {
      hold(subject, frame, row, next);
      return;
    }
    reading.failures = frame.heldFailures[row] as number;
    reading.detail = subjects.detail[subject] as number;
    take(subject, 0, (frame.heldFailedWeight[row] as number) / (frame.heldWeight[row] as number));
    reading.detail = NaN;
  }

  private addShare(name: SubjectKindName, frame: Frame, row: number, own: number, calls: number): void {
    const isMix = name === 'mix';
    add(frame.heldEvents, row, (isMix ? frame.members[own] : frame.total[calls]) as number);
    add(frame.heldWeight, row, (isMix ? frame.members[own] : frame.sum[calls]) as number);
    // The failures of a type are counted in its own row, with each call.
    if (name === 'failure' || own < 0) return;
    const counted = (isMix ? frame.failures[own] : frame.total[own]) as number;
    add(frame.heldFailures, row, counted);
    add(frame.heldFailedWeight, row, counted);
  }

  private closeCalls(subject: number, reading: Reading): void {
    const { boundsOf, bucketMs, watches, take } = this.parts;
    const { frame, row } = reading;
    reading.stepMs = ((frame.carried[row] as number) + 1) * bucketMs;
    reading.events = frame.heldEvents[row] as number;
    reading.failures = frame.heldFailures[row] as number;
    take(subject, 1, (frame.heldFailedWeight[row] as number) / (frame.heldWeight[row] as number));
    take(subject, 2, quantile(frame, row, 0.5, boundsOf));
    take(subject, 3, quantile(frame, row, 0.95, boundsOf));
    take(subject, 4, quantile(frame, row, 0.99, boundsOf));
    watches.fail(subject, reading);
  }

  /** Row of the service in its signal; -1 when it did not send in this bucket. */
  private sourceOf(subject: number, frame: Frame): number {
    const source = frame.find(this.parts.subjects.presence[subject] as number);
    return source >= 0 && frame.fresh[source] === 1 ? source : -1;
  }

  /** Row of the traces of a service that logs, as long as its logs are not silent. */
  private callsOf(presence: number, frame: Frame): number {
    const { services } = this.parts;
    const traces = services.beside(presence, 'traces');
    const row = traces < 0 || services.isSilent(presence, frame.bucket) ? -1 : frame.find(traces);
    return row >= 0 && frame.fresh[row] === 1 ? row : -1;
  }

  /** Fills what a step of held events is like; false while there are too few. */
  private isEnough(reading: Reading): boolean {
    const { frame, row } = reading;
    reading.stepMs = ((frame.carried[row] as number) + 1) * this.parts.bucketMs;
    reading.events = frame.heldEvents[row] as number;
    reading.failures = 0;
    reading.weight = 1;
    return reading.events >= this.parts.minEvents;
  }
}

function add(column: Float64Array, row: number, amount: number): void {
  column[row] = (column[row] as number) + amount;
}

/** Few events wait for more. */
function hold(subject: number, frame: Frame, row: number, next: Frame): void {
  if (row < 0 || frame.heldEvents[row] === 0 || (frame.carried[row] as number) >= MAX_HELD) return;
  carryHeld(frame, row, next, subject);
}
