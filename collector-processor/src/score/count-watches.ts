import type { Measure } from '../model/anomaly.ts';
import { type EventSeries, NOTICEABLE } from './event-series.ts';
import { isBadNewsText } from './logs/severity.ts';
import type { Departures } from './metrics/departures.ts';
import type { Reading } from './reading.ts';
import type { SeriesStore } from './state/series-store.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { kindNumber, kindTable } from './subject-kinds.ts';
import type { TrickleWatch } from './trickle-watch.ts';
import type { Pause, VanishWatch } from './vanish-watch.ts';

export interface CountWatchesParts {
  readonly subjects: SubjectStore;
  readonly series: SeriesStore;
  readonly events: EventSeries;
  readonly vanish: VanishWatch;
  readonly trickle: TrickleWatch;
  readonly isOpen: (slot: number) => boolean;
  /** Whether lines of this kind count for another one now. */
  readonly isMerged: (subject: number) => boolean;
  readonly departures: Departures;
  readonly bucketMs: number;
  readonly minFailures: number;
  readonly newNormalAfter: number;
}

const templateKind = kindNumber('template');
const severityKind = kindNumber('severity');
/** Of what nobody wants to hear a pause of so many times the longest is the end: it has to be learned anew. */
const GIVEN_UP = 40;
/** Surprise of a watch that is told for sure, with the shipped border. */
const TOLD = 3.2;
const NEW_NORMAL_STEPS = 24;
const FOLLOWED = 4;
/** Steps before its finding would close by itself. */
const MARGIN = 3;
const RATE = 0;
const ERROR_RATIO = 1;
const NANOSECONDS = 1e6;
const DAY_MS = 86_400_000;
/** A shorter pause of a metric is told of nobody. */
const LEAST_METRIC_STEPS = 10;

/** What is watched of counts beside their series: that they stop, and that few of them fail over a long time. */
export class CountWatches {
  private readonly parts: CountWatchesParts;
  /** Steps in which a pause that was noticed is still followed after its end. */
  private readonly following: Uint8Array;

  constructor(parts: CountWatchesParts) {
    this.parts = parts;
    this.following = new Uint8Array(parts.subjects.capacity);
  }

  /** A step of a subject whose service sent `items` in it. */
  count(subject: number, kind: number, items: number, reading: Reading): void {
    const { vanish, events, bucketMs, subjects, isOpen } = this.parts;
    // That warnings stop is no bad news, and a severity has no lines of its own.
    if (kind === severityKind) return;
    const { stepMs } = reading;
    const about = subject;
    if (reading.events > 0) {
      const left = this.following[subject] as number;
      vanish.seen(subject, items, left === FOLLOWED);
      if (left === 0) return;
      this.following[subject] = left - 1;
      events.notice({ kind: 'vanished', about, value: 0, expected: 0, surprise: 0, stepMs }, reading);
      return;
    }
    const pause = vanish.missed(subject, items);
    if (pause === undefined) return;
    if (this.isOver(subject, kind, pause, reading)) {
      vanish.forget(subject);
      return;
    }
    const matters = this.matters(subject, kind, pause, reading);
    if (!matters && pause.times > GIVEN_UP) vanish.forget(subject);
    if (!matters || isOpen(subjects.slotOf(subject, RATE))) return;
    if (pause.surprise >= NOTICEABLE) this.following[subject] = FOLLOWED;
    const value = pause.steps * bucketMs * NANOSECONDS;
    const expected = pause.longest * bucketMs * NANOSECONDS;
    reading.toldAs = this.lostAs(subject);
    events.notice({ kind: 'vanished', about, value, expected, surprise: pause.surprise, stepMs }, reading);
    reading.toldAs = undefined;
    if (this.isOldNews(pause)) vanish.forget(subject);
  }

  /** A step of calls with enough of them for a verdict. */
  fail(subject: number, reading: Reading): void {
    const { trickle, events, minFailures, subjects, isOpen } = this.parts;
    const { events: calls, failures } = reading;
    // What is told as a rise already is no trickle.
    if (isOpen(subjects.slotOf(subject, ERROR_RATIO))) return;
    const seen = trickle.add(subject, reading.timeMs, calls, failures, minFailures);
    if (seen === undefined) return;
    const value = seen.failures / seen.calls;
    const { surprise, usual: expected } = seen;
    const counted = { events: seen.calls, failures: seen.failures, stepMs: trickle.blockMs };
    events.notice({ kind: 'trickle', about: subject, value, expected, surprise, ...counted }, reading);
  }

  /** An edge that is gone is told as lost, whoever noticed. */
  lostAs(subject: number): Measure | undefined {
    const { series, subjects } = this.parts;
    const named = series.get(subjects.slotOf(subject, RATE))?.series;
    return named?.peer === undefined ? undefined : 'lost_edge';
  }

  /** What was told and went on for so long is the new normal. */
  private isOldNews({ steps, surprise }: Pause): boolean {
    const { bucketMs, newNormalAfter } = this.parts;
    const sinceTold = steps * (1 - TOLD / surprise);
    return surprise > TOLD && sinceTold >= Math.max(NEW_NORMAL_STEPS, newNormalAfter / bucketMs) - MARGIN;
  }

  /** It did not stop: it is counted as something else, or left with what sent it. */
  private isOver(subject: number, kind: number, { surprise }: Pause, { frame }: Reading): boolean {
    if (kind === templateKind) return this.parts.isMerged(subject);
    return isOfMetric(kind) && surprise >= NOTICEABLE && this.parts.departures.explain(subject, frame.bucket);
  }

  private matters(subject: number, kind: number, { steps }: Pause, { frame }: Reading): boolean {
    const { series, subjects, bucketMs } = this.parts;
    // Metrics come and go with jobs and nights, so they have to have come for a day.
    if (isOfMetric(kind)) {
      const known = frame.bucket - steps - (subjects.since[subject] as number);
      return steps >= LEAST_METRIC_STEPS && known * bucketMs >= DAY_MS;
    }
    const named = series.get(subjects.slotOf(subject, RATE))?.series;
    return named !== undefined && !isBadNewsText(named.severity ?? '');
  }
}

function isOfMetric(kind: number): boolean {
  return kindTable[kind]?.signal === 'metrics';
}
