import type {
  Feedback,
  FeedbackPage,
  FeedbackPost,
  TuningVersion,
  TuningVersionList,
} from '../../../collector-processor/src/contract/feedback.ts';
import { readApi, writeApi } from './client';

export type { Feedback, TuningVersion, TuningVersionList };
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

/** Something was odd about a series in that time, and was not found or not told loud enough. */
export function sayMissed(series: string, span: { readonly from: number; readonly to: number }): Promise<Feedback> {
  const opinion: FeedbackPost = { verdict: 'missed', series, ...span };
  return writeApi<Feedback>('/feedback', opinion);
}

export function decideFeedback(id: string, verdict: 'accept' | 'reject'): Promise<Feedback> {
  return writeApi<Feedback>(`${pathOf(id)}/${verdict}`, {});
}

/** Another rule in place of the proposed one; answers with what it would have done. */
export function editRule(id: string, rule: Rule): Promise<Feedback> {
  return writeApi<Feedback>(`${pathOf(id)}/rule`, { rule }, 'PUT');
}

/** Newest first. */
export function readFeedbackList(limit: number, abortSignal?: AbortSignal): Promise<FeedbackPage> {
  return readApi<FeedbackPage>('/feedback', { limit }, abortSignal);
}

/** Versions of the rules, newest first; one is the newest alone. */
export function readTunings(limit: number, abortSignal?: AbortSignal): Promise<TuningVersionList> {
  return readApi<TuningVersionList>('/tunings', { limit }, abortSignal);
}

/** Makes the rules of an earlier version act again. */
export function rollBackTo(version: number, why = ''): Promise<TuningVersion> {
  return writeApi<TuningVersion>('/tunings/rollback', why === '' ? { version } : { version, why });
}

function pathOf(id: string): string {
  return `/feedback/${encodeURIComponent(id)}`;
}
