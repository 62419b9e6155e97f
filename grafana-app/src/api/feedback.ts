import type {
  Feedback,
  FeedbackPost,
  TuningVersion,
  TuningVersionList,
} from '../../../collector-processor/src/contract/feedback.ts';
import { readApi, writeApi } from './client';

export type { Feedback };
export type Rule = Feedback['rule'];

/** Each finding has one opinion of a kind: whoever says it again gets the receipt that is there. */
export function expectedId(anomalyId: string): string {
  return `expected-${anomalyId}`;
}

export function readFeedback(id: string, abortSignal?: AbortSignal): Promise<Feedback> {
  return readApi<Feedback>(pathOf(id), {}, abortSignal);
}

export function sayExpected(anomalyId: string): Promise<Feedback> {
  const opinion: FeedbackPost = { id: expectedId(anomalyId), verdict: 'expected', anomaly: anomalyId };
  return writeApi<Feedback>('/feedback', opinion);
}

export function decideFeedback(id: string, verdict: 'accept' | 'reject'): Promise<Feedback> {
  return writeApi<Feedback>(`${pathOf(id)}/${verdict}`, {});
}

/** The newest version of the rules alone. */
export function readNewestTuning(abortSignal?: AbortSignal): Promise<TuningVersionList> {
  return readApi<TuningVersionList>('/tunings', { limit: 1 }, abortSignal);
}

/** Makes the rules of an earlier version act again. */
export function rollBackTo(version: number): Promise<TuningVersion> {
  return writeApi<TuningVersion>('/tunings/rollback', { version });
}

function pathOf(id: string): string {
  return `/feedback/${encodeURIComponent(id)}`;
}
