import type { Admission } from './admission.ts';
import type { Reading } from './reading.ts';
import type { SeriesJudge } from './series-judge.ts';
import { Hasher } from './state/hash64.ts';
import type { SeriesStore } from './state/series-store.ts';
import { commonOf } from './state/subject-snapshot.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { kindNumber, type SubjectKindName } from './subject-kinds.ts';

export interface EventSeriesParts {
  readonly subjects: SubjectStore;
  readonly series: SeriesStore;
  readonly admission: Admission;
  readonly judge: SeriesJudge;
}

/** What a watch noticed in a step. */
export interface Noticed {
  readonly kind: SubjectKindName;
  /** The subject that it is about. */
  readonly about: number;
  readonly value: number;
  readonly expected: number;
  /** -log10 of its chance; `NOTICEABLE` and more become a series. */
  readonly surprise: number;
  readonly stepMs: number;
  readonly events?: number;
  readonly failures?: number;
}

/** A surprise worth a series of its own, so that it can be told, followed and closed. */
const NOTICEABLE = 2;

/**
 * Series of what seldom happens. A watch keeps a few numbers for each subject and no series; only when it is surprised a
 * series is made, told by the rules of all findings, and given away when it is idle.
 */
export class EventSeries {
  private readonly parts: EventSeriesParts;
  private readonly hasher = new Hasher();

  constructor(parts: EventSeriesParts) {
    this.parts = parts;
  }

  /** Judges the step; quiet ones only of series that are there already. */
  notice(noticed: Noticed, reading: Reading): void {
    const { subjects, series, judge } = this.parts;
    const subject = this.subject(noticed, reading.frame.bucket);
    const entry = subject < 0 ? undefined : series.get(subjects.slotOf(subject, 0));
    if (entry === undefined) return;
    subjects.lastSeen[subject] = reading.frame.bucket;
    reading.value = noticed.value;
    reading.expected = noticed.expected;
    reading.detail = noticed.surprise;
    reading.stepMs = noticed.stepMs;
    reading.events = noticed.events ?? 0;
    reading.failures = noticed.failures ?? 0;
    judge.take(entry, reading);
    reading.expected = undefined;
    reading.detail = NaN;
  }

  private subject({ kind, about, surprise }: Noticed, bucket: number): number {
    const { subjects, series, admission } = this.parts;
    const number = kindNumber(kind);
    const own = subjects.hashOf(about);
    const { low, high } = this.hasher.reset(own.low, own.high).mix(number, 0);
    const found = subjects.find(low, high);
    if (found >= 0 || surprise < NOTICEABLE) return found;
    const of = series.get(subjects.slotOf(about, 0))?.series;
    if (of === undefined) return -1;
    const identity = commonOf(of);
    const presence = subjects.presence[about] as number;
    return admission.admitEvent(
      { low, high, kind: number, identity, presence: presence < 0 ? about : presence },
      bucket,
    );
  }
}
