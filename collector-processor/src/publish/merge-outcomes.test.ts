import { describe, expect, test } from '@jest/globals';
import type { ExportOutcome } from '../model/export-request.ts';
import { mergeOutcomes } from './merge-outcomes.ts';

const accepted: ExportOutcome = { kind: 'accepted' };
const refused: ExportOutcome = { kind: 'refused', reason: 'no', cause: 'malformed' };
const retry = (retryAfterMs?: number): ExportOutcome =>
  retryAfterMs === undefined ? { kind: 'retry', reason: 'busy' } : { kind: 'retry', reason: 'busy', retryAfterMs };

function merge(...outcomes: ExportOutcome[]): ExportOutcome {
  return mergeOutcomes(outcomes.map((outcome, index) => ({ backend: `b${index}`, outcome })));
}

describe('mergeOutcomes', () => {
  test('one backend’s outcome is the outcome, and its reason names the backend', () => {
    expect(merge(accepted)).toEqual(accepted);
    expect(merge(refused)).toEqual({ ...refused, reason: 'b0: no' });
    expect(merge(retry(5))).toEqual({ ...retry(5), reason: 'b0: busy' });
    const partial = { rejectedItems: 2, message: 'old' };
    expect(merge({ kind: 'accepted', partial })).toMatchObject({ partial: { rejectedItems: 2, message: 'b0: old' } });
  });

  test('a fault of one backend is told before another’s refusal, so that the sender keeps its telemetry', () => {
    const failed: ExportOutcome = { kind: 'refused', reason: 'HTTP 500', cause: 'backend_failed' };
    expect(merge(refused, failed)).toEqual({ ...failed, reason: 'b1: HTTP 500' });
  });

  test('accepted is only what all took', () => {
    expect(merge(accepted, accepted)).toEqual(accepted);
    expect(merge(accepted, retry()).kind).toBe('retry');
    expect(merge(accepted, refused)).toEqual({ ...refused, reason: 'b1: no' });
  });

  test('as long as one may still take it, the sender repeats, also when another has refused', () => {
    expect(merge(refused, retry(), accepted)).toEqual({ kind: 'retry', reason: 'b1: busy' });
  });

  test('of several waits the longest counts', () => {
    const expected = { kind: 'retry', reason: 'b0: busy; b1: busy; b2: busy', retryAfterMs: 7000 };
    expect(merge(retry(1000), retry(7000), retry())).toEqual(expected);
  });

  test('of several partial successes the largest number counts, and all messages', () => {
    const partial = (rejectedItems: number, message: string): ExportOutcome => ({
      kind: 'accepted',
      partial: { rejectedItems, message },
    });
    expect(merge(partial(2, 'old'), accepted, partial(0, 'note'))).toEqual(partial(2, 'b0: old; b2: note'));
  });
});
