import type { CountWatches } from '../count-watches.ts';
import { type EventSeries, NOTICEABLE } from '../event-series.ts';
import { patienceWith } from '../finding-rules.ts';
import { measureProfiles } from '../measure-profile.ts';
import type { Reading } from '../reading.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import type { RepeatWatch } from './repeat-watch.ts';

export interface SeriesWatchesParts {
  readonly subjects: SubjectStore;
  readonly repeats: RepeatWatch;
  readonly events: EventSeries;
  readonly watches: CountWatches;
  readonly isOpen: (slot: number) => boolean;
  readonly bucketMs: number;
  readonly newNormalAfter: number;
}

const DAY_MS = 86_400_000;
/** Steps in which a run that was told is still followed after its end. */
const FOLLOWED = 4;

/** What is asked of metric series beside their values: that they come while their service does, and that they move. */
export class SeriesWatches {
  private readonly parts: SeriesWatchesParts;
  private readonly following: Uint8Array;

  constructor(parts: SeriesWatchesParts) {
    this.parts = parts;
    this.following = new Uint8Array(parts.subjects.capacity);
  }

  /** Each bucket. Where its service sent nothing it is not the series that is silent. */
  come(subject: number, kind: number, reading: Reading): void {
    const { subjects, watches, bucketMs } = this.parts;
    const { frame, row } = reading;
    const source = frame.find(subjects.presence[subject] as number);
    if (source < 0 || frame.fresh[source] !== 1) return;
    reading.events = row >= 0 && frame.fresh[row] === 1 ? 1 : 0;
    reading.failures = 0;
    reading.weight = 1;
    reading.stepMs = (subjects.step[subject] as number) * bucketMs;
    watches.count(subject, kind, 1, reading);
  }

  /** Each step, with what its points show in the mean: a gauge, or what a sum added. */
  move(subject: number, value: number, reading: Reading): void {
    const { repeats, events, subjects, bucketMs } = this.parts;
    const left = this.following[subject] as number;
    const repeat = repeats.add(subject, value, left === FOLLOWED);
    // Nights have to have been seen first.
    if ((reading.frame.bucket - (subjects.since[subject] as number)) * bucketMs < DAY_MS) return;
    if (repeat === undefined && left === 0) return;
    // A level that is told already needs no second word.
    if (left === 0 && this.parts.isOpen(subjects.slotOf(subject, 0))) return;
    const { times, surprise } = repeat ?? { times: 0, surprise: 0 };
    this.following[subject] = surprise >= NOTICEABLE ? FOLLOWED : Math.max(0, left - 1);
    const { events: points, stepMs } = reading;
    events.notice({ kind: 'stuck', about: subject, value, expected: NaN, surprise, stepMs, events: times }, reading);
    reading.events = points;
    const isTold = this.following[subject] === FOLLOWED;
    if (isTold && (times - 1) * stepMs > this.patienceIn(stepMs)) repeats.forget(subject);
  }

  /** Where its finding is taken for the new normal, it has to move again first. */
  private patienceIn(stepMs: number): number {
    return patienceWith(measureProfiles.stuck, this.parts.newNormalAfter, stepMs) + stepMs;
  }
}
