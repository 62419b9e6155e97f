import type { Learning } from '../model/coverage.ts';
import type { HistoryState } from '../model/history.ts';
import { numericMeasures } from './measure-profile.ts';
import type { SeriesEntry } from './state/series-store.ts';
import type { SubjectStore } from './state/subject-store.ts';

export interface LearningParts {
  readonly subjects: SubjectStore;
  readonly learningSteps: number;
  readonly bucketMs: number;
  readonly nowMs: () => number;
  readonly historyOf: (subject: number) => HistoryState | undefined;
}

const DAY_MS = 86_400_000;
/** Profiles of days and weeks speak when they have seen two of them whole. */
const DAYS = 2 * DAY_MS;
const WEEKS = 14 * DAY_MS;

/** Since when a series has learned, and what it still has to wait for. */
export function learningOf(entry: SeriesEntry, parts: LearningParts): Learning {
  const { subjects, bucketMs, nowMs, historyOf } = parts;
  const { subject, measure } = entry;
  const sinceMs = (subjects.since[subject] as number) * bucketMs;
  const readyAtMs = readyAt(entry, parts);
  const ready = readyAtMs === undefined ? {} : { readyAtMs };
  if (!numericMeasures.includes(measure)) return { sinceMs, ...ready };
  const history = historyOf(subject);
  const now = nowMs();
  const seasons = entry.ensemble.season.states(entry.at).map(({ periodsLeft, ...season }) => {
    if (periodsLeft === undefined) return season;
    // Periods go by the calendar; the one that has begun may be nearly over.
    return { ...season, knownAtMs: Math.ceil(now + periodsLeft * season.periodMs) };
  });
  return {
    ...{ sinceMs, ...ready },
    ...(history === undefined ? {} : { history }),
    ...(now - sinceMs < DAYS ? { dayKnownAtMs: sinceMs + DAYS } : {}),
    seasons,
    ...(now - sinceMs < WEEKS ? { weekKnownAtMs: sinceMs + WEEKS } : {}),
  };
}

/** When judging starts; undefined when it has. */
export function readyAt({ ensemble, at, stepMs, subject }: SeriesEntry, parts: LearningParts): number | undefined {
  const { learningSteps, subjects, bucketMs, nowMs } = parts;
  const left = learningSteps - ensemble.ageOf(at);
  return left > 0 ? Math.ceil(nowMs() + left * (stepMs || (subjects.step[subject] as number) * bucketMs)) : undefined;
}
