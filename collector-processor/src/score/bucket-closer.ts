import type { PeerWatch } from './across/peer-watch.ts';
import type { BucketWindow } from './buckets/bucket-window.ts';
import { carryRow } from './buckets/carry.ts';
import type { Frame } from './buckets/frame.ts';
import type { CountWatches } from './count-watches.ts';
import { CountsCloser } from './counts-closer.ts';
import type { DerivedSubjects } from './derived-subjects.ts';
import type { EventSeries } from './event-series.ts';
import type { LoadBudget } from './load-budget.ts';
import type { TraceShapes } from './logs/trace-shapes.ts';
import { quantile } from './metrics/distribution.ts';
import type { SeriesWatches } from './metrics/series-watches.ts';
import type { Deliveries } from './presence/deliveries.ts';
import { PresenceCloser } from './presence/presence-closer.ts';
import type { RandomGaps } from './presence/random-gaps.ts';
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
  readonly shapes: TraceShapes;
  readonly peers: PeerWatch;
  readonly minEvents: number;
  readonly silentSteps: number;
  readonly learningSteps: number;
  readonly events: EventSeries;
  readonly derived: DerivedSubjects;
  readonly watches: CountWatches;
  readonly services: ServiceSignals;
  readonly deliveries: Deliveries;
  readonly gaps: RandomGaps;
  readonly ofSeries: SeriesWatches;
}

/** Subjects between two looks at the clock. */
const SLICE = 16;
const presenceKind = kindNumber('presence');

/** Turns a closed bucket into readings of series and has them judged. */
export class BucketCloser {
  private readonly parts: BucketCloserParts;
  private readonly reading: Reading;
  private readonly presences: PresenceCloser;
  private readonly counts: CountsCloser;

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
    const { bucketMs } = parts.window;
    this.presences = new PresenceCloser({ ...parts, bucketMs, take });
    this.counts = new CountsCloser({ ...parts, bucketMs, take });
  }

  /** Yields between slices of work, so that the caller may let others in. The frame takes no more items meanwhile. */
  *close(bucket: number): Generator<void> {
    const { subjects, window, budget } = this.parts;
    const frame = window.frame(bucket);
    const next = window.frame(bucket + 1);
    this.reading.frame = frame;
    this.parts.pairs.close(frame);
    this.parts.shapes.close(frame);
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
    this.reading.row = -1;
    yield* this.parts.peers.close(this.reading);
  }

  private closeSubject(subject: number, kind: number, frame: Frame, next: Frame): void {
    const { subjects } = this.parts;
    const { row } = this.reading;
    if (kind === presenceKind) {
      this.presences.close(subject, frame.bucket, this.reading);
      this.makeShares(subject, row);
      return;
    }
    if ((subjects.conflicts[subject] as number) > UNSUITABLE) return;
    if (kindTable[kind]?.counts === true) {
      this.counts.closeCounts(subject, kind, this.reading, next);
      return;
    }
    if (kindTable[kind]?.made === 'times') {
      this.counts.closeTimes(subject, this.reading, next);
      return;
    }
    if (kindTable[kind]?.made === 'share') {
      this.counts.closeShare(subject, kind, this.reading, next);
      return;
    }
    this.parts.ofSeries.come(subject, kind, this.reading);
    if (row < 0) return;
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

  /** What can be told of a service that logs: how many of its records are bad, and how many a call gives. */
  private makeShares(presence: number, row: number): void {
    const { series, subjects, derived, services } = this.parts;
    const signal = series.get(subjects.slotOf(presence, 0))?.series.signal;
    const { bucket } = this.reading.frame;
    if (signal !== 'logs' || row < 0) return;
    derived.of(presence, 'mix', bucket, true);
    const hasTraces = this.reading.frame.total[row] !== 0 && services.beside(presence, 'traces') >= 0;
    derived.of(presence, 'chatter', bucket, hasTraces);
  }

  private closeMetric(subject: number, kind: number, frame: Frame, row: number): void {
    const total = frame.total[row] as number;
    const isPlain = subjectKindNames[kind] === 'gauge' || subjectKindNames[kind] === 'sum';
    if (isPlain) this.parts.ofSeries.move(subject, total / (frame.events[row] as number), this.reading);
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

  private take(subject: number, measure: number, value: number): void {
    const { subjects, series, judge } = this.parts;
    const entry = series.get(subjects.slotOf(subject, measure));
    if (entry === undefined || !Number.isFinite(value)) return;
    this.reading.value = value;
    judge.take(entry, this.reading);
  }
}
