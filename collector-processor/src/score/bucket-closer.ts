import type { BucketWindow } from './buckets/bucket-window.ts';
import { carryHeld, carryRow } from './buckets/carry.ts';
import type { Frame } from './buckets/frame.ts';
import type { EventSeries } from './event-series.ts';
import type { LoadBudget } from './load-budget.ts';
import { quantile } from './metrics/distribution.ts';
import type { Deliveries } from './presence/deliveries.ts';
import { PresenceCloser } from './presence/presence-closer.ts';
import type { ServiceSignals } from './presence/service-signals.ts';
import type { Reading } from './reading.ts';
import type { SeriesJudge } from './series-judge.ts';
import type { SeriesStore } from './state/series-store.ts';
import { UNSUITABLE } from './state/stream-store.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { kindTable, kindNumber, subjectKindNames } from './subject-kinds.ts';
import type { SpanPairs } from './traces/span-pairs.ts';

export interface BucketCloserParts {
  readonly subjects: SubjectStore;
  readonly series: SeriesStore;
  readonly window: BucketWindow;
  readonly judge: SeriesJudge;
  readonly budget: LoadBudget;
  readonly boundsOf: (id: number) => Float64Array;
  readonly pairs: SpanPairs;
  readonly minEvents: number;
  readonly silentSteps: number;
  readonly learningSteps: number;
  readonly events: EventSeries;
  readonly services: ServiceSignals;
  readonly deliveries: Deliveries;
}

/** Subjects between two looks at the clock. */
const SLICE = 16;
/** Buckets that latency waits for enough events. */
const MAX_HELD = 60;
/** Shorter times, in nanoseconds, are all the same. */
const LEAST_TIME = 1e5;
const presenceKind = kindNumber('presence');

/** Turns a closed bucket into readings of series and has them judged. */
export class BucketCloser {
  private readonly parts: BucketCloserParts;
  private readonly reading: Reading;
  private readonly presences: PresenceCloser;

  constructor(parts: BucketCloserParts) {
    this.parts = parts;
    const frame = parts.window.frame(parts.window.firstOpen);
    this.reading = {
      value: 0,
      events: 0,
      failures: 0,
      timeMs: 0,
      stepMs: 0,
      detail: NaN,
      weight: 1,
      isCount: true,
      toldAs: undefined,
      frame,
      row: -1,
    };
    const take = (subject: number, measure: number, value: number): void => this.take(subject, measure, value);
    this.presences = new PresenceCloser({ ...parts, bucketMs: parts.window.bucketMs, take });
  }

  /** Yields between slices of work, so that the caller may let others in. The frame takes no more items meanwhile. */
  *close(bucket: number): Generator<void> {
    const { subjects, window, budget } = this.parts;
    const frame = window.frame(bucket);
    const next = window.frame(bucket + 1);
    this.reading.frame = frame;
    this.parts.pairs.close(frame);
    this.reading.timeMs = (bucket + 1) * window.bucketMs;
    for (let subject = 0; subject < subjects.extent; subject++) {
      if (subject % SLICE === SLICE - 1) yield;
      const kind = subjects.kind[subject] as number;
      if (kind === 0) continue;
      const row = frame.find(subject);
      if (row >= 0 && frame.fresh[row] === 1) subjects.lastSeen[subject] = bucket;
      // Whoever came in since this bucket ended was not silent in it.
      if (row < 0 && (subjects.lastSeen[subject] as number) > bucket) continue;
      if (frame.incomplete || !budget.allows(subject, bucket)) continue;
      this.reading.row = row;
      this.closeSubject(subject, kind, frame, next);
    }
  }

  private closeSubject(subject: number, kind: number, frame: Frame, next: Frame): void {
    const { subjects } = this.parts;
    const { row } = this.reading;
    if (kind === presenceKind) {
      this.presences.close(subject, frame.bucket, this.reading);
      return;
    }
    if ((subjects.conflicts[subject] as number) > UNSUITABLE) return;
    if (kindTable[kind]?.counts === true) {
      this.closeCounts(subject, kind, frame, next);
      return;
    }
    if (row < 0) return;
    if (subjectKindNames[kind] === 'work' || subjectKindNames[kind] === 'hop') {
      this.closeTimes(subject, frame, row, next);
      return;
    }
    const step = subjects.step[subject] as number;
    if ((frame.bucket + subject) % step !== step - 1) {
      carryRow(frame, row, next, subject);
      return;
    }
    if (frame.events[row] === 0) return;
    this.reading.stepMs = step * this.parts.window.bucketMs;
    this.reading.events = frame.events[row] as number;
    this.reading.failures = 0;
    this.reading.weight = 1;
    this.closeMetric(subject, kind, frame, row);
  }

  private closeMetric(subject: number, kind: number, frame: Frame, row: number): void {
    const total = frame.total[row] as number;
    if (subjectKindNames[kind] === 'gauge') {
      this.take(subject, 0, total / (frame.events[row] as number));
      return;
    }
    const seconds = frame.seconds[row] as number;
    if (!(seconds > 0)) return;
    this.reading.isCount = Number.isInteger(total);
    this.take(subject, 0, (total / seconds) * (frame.members[row] as number));
    this.reading.isCount = true;
    if (subjectKindNames[kind] === 'sum' || !(total > 0)) return;
    this.reading.events = total;
    this.take(subject, 1, (frame.sum[row] as number) / total);
    const stated = (frame.heldWeight[row] as number) / (frame.heldEvents[row] as number);
    const isSummary = subjectKindNames[kind] === 'summary';
    this.take(subject, 2, isSummary ? stated : quantile(frame, row, 0.95, this.parts.boundsOf));
  }

  /** Spans, records and templates: no row means none, as long as their service is there at all. */
  private closeCounts(subject: number, kind: number, frame: Frame, next: Frame): void {
    const { subjects, window, minEvents } = this.parts;
    const { reading } = this;
    const { row } = reading;
    const source = frame.find(subjects.presence[subject] as number);
    if (source < 0 || frame.fresh[source] !== 1) {
      this.hold(subject, row, next);
      return;
    }
    const events = row < 0 ? 0 : (frame.events[row] as number);
    const total = row < 0 ? 0 : (frame.total[row] as number);
    const isCalls = subjectKindNames[kind] === 'calls';
    reading.stepMs = window.bucketMs;
    reading.events = events;
    reading.failures = row < 0 ? 0 : (frame.failures[row] as number);
    reading.weight = isCalls && events > 0 ? total / events : 1;
    reading.detail = subjects.detail[subject] as number;
    this.take(subject, 0, ((isCalls ? total : events) * 1000) / window.bucketMs);
    reading.detail = NaN;
    if (!isCalls || row < 0) return;
    if ((frame.heldEvents[row] as number) < minEvents) {
      this.hold(subject, row, next);
      return;
    }
    this.closeCalls(subject, frame, row);
  }

  private closeCalls(subject: number, frame: Frame, row: number): void {
    const { reading } = this;
    const { window, boundsOf } = this.parts;
    reading.stepMs = ((frame.carried[row] as number) + 1) * window.bucketMs;
    reading.events = frame.heldEvents[row] as number;
    reading.failures = frame.heldFailures[row] as number;
    this.take(subject, 1, (frame.heldFailedWeight[row] as number) / (frame.heldWeight[row] as number));
    this.take(subject, 2, quantile(frame, row, 0.5, boundsOf));
    this.take(subject, 3, quantile(frame, row, 0.95, boundsOf));
    this.take(subject, 4, quantile(frame, row, 0.99, boundsOf));
  }

  /** The median of durations, once there are enough of them. */
  private closeTimes(subject: number, frame: Frame, row: number, next: Frame): void {
    const { window, boundsOf, minEvents } = this.parts;
    const events = frame.heldEvents[row] as number;
    if (events < minEvents) {
      this.hold(subject, row, next);
      return;
    }
    this.reading.stepMs = ((frame.carried[row] as number) + 1) * window.bucketMs;
    this.reading.events = events;
    this.reading.failures = 0;
    this.reading.weight = 1;
    this.take(subject, 0, Math.max(LEAST_TIME, quantile(frame, row, 0.5, boundsOf)));
  }

  /** Few events wait for more. */
  private hold(subject: number, row: number, next: Frame): void {
    const { frame } = this.reading;
    if (row < 0 || frame.heldEvents[row] === 0 || (frame.carried[row] as number) >= MAX_HELD) return;
    carryHeld(frame, row, next, subject);
  }

  private take(subject: number, measure: number, value: number): void {
    const { subjects, series, judge } = this.parts;
    const entry = series.get(subjects.slotOf(subject, measure));
    if (entry === undefined || !Number.isFinite(value)) return;
    this.reading.value = value;
    judge.take(entry, this.reading);
  }
}
