import type { DerivedSubjects, Part } from './derived-subjects.ts';
import type { Band } from './ensemble.ts';
import type { Reading } from './reading.ts';
import type { SeriesJudge } from './series-judge.ts';
import type { SeriesStore } from './state/series-store.ts';
import type { SubjectStore } from './state/subject-store.ts';
import type { SubjectKindName } from './subject-kinds.ts';

export interface EventSeriesParts {
  readonly subjects: SubjectStore;
  readonly series: SeriesStore;
  readonly derived: DerivedSubjects;
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
  /** Where it is about one instance: which, and of how many peers. */
  readonly part?: Part & { readonly peers: number };
  readonly band?: Band;
}

/** A surprise worth a series of its own, so that it can be told, followed and closed. */
export const NOTICEABLE = 2;

/**
 * Series of what seldom happens. A watch keeps a few numbers for each subject and no series; only when it is surprised a
 * series is made, told by the rules of all findings, and given away when it is idle.
 */
export class EventSeries {
  private readonly parts: EventSeriesParts;

  constructor(parts: EventSeriesParts) {
    this.parts = parts;
  }

  /** Judges the step; quiet ones only of series that are there already. */
  notice(noticed: Noticed, reading: Reading): void {
    const { subjects, series, derived, judge } = this.parts;
    const { kind, about, surprise } = noticed;
    const subject = derived.of(about, kind, reading.frame.bucket, surprise >= NOTICEABLE, noticed.part);
    const entry = subject < 0 ? undefined : series.get(subjects.slotOf(subject, 0));
    if (entry === undefined) return;
    subjects.lastSeen[subject] = reading.frame.bucket;
    reading.value = noticed.value;
    reading.expected = noticed.expected;
    reading.detail = surprise;
    reading.stepMs = noticed.stepMs;
    reading.events = noticed.events ?? 0;
    reading.failures = noticed.failures ?? 0;
    reading.band = noticed.band;
    reading.peers = noticed.part?.peers;
    judge.take(entry, reading);
    // Only odd steps come here: taken for what is usual they would blind the series.
    entry.ensemble.restart(entry.at);
    reading.expected = reading.band = reading.peers = undefined;
    reading.detail = NaN;
  }
}
