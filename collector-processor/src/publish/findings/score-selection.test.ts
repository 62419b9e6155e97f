import { expect, test } from '@jest/globals';
import type { ScoredBucket, Series } from '../../model/anomaly.ts';
import { aSeries } from '../../store/testing/builders.ts';
import { createScoreSelection } from './score-selection.ts';

const MINUTE = 60_000;
const options = { minScore: 0.5, linger: 5 * MINUTE, always: ['queue.depth', 'jvm.*'], maxSeries: 2 };

function bucket(id: string, score: number, part: { timeMs?: number; series?: Partial<Series> } = {}): ScoredBucket {
  const series = aSeries({ id, signal: 'metrics', metric: 'm', ...part.series });
  const numbers = { stepMs: 10_000, value: 1, expected: 1, lower: 0, upper: 2 };
  return { series, timeMs: part.timeMs ?? 0, score, exampleTraceIds: [], ...numbers };
}

test('a metric is published from the border on, and for a while after its score has fallen', () => {
  const selection = createScoreSelection(options);
  const verdicts = [
    [0, 0.4],
    [1, 0.5],
    [2, 0.1],
    [6, 0.1],
    [7, 0.1],
  ].map(([minute = 0, score = 0]) => selection.judge(bucket('a', score, { timeMs: minute * MINUTE })));
  expect(verdicts).toEqual(['quiet', 'publish', 'publish', 'publish', 'quiet']);
  expect(selection.size).toBe(0);
});

test('spans and chosen metrics are always published', () => {
  const selection = createScoreSelection({ ...options, maxSeries: 10 });
  expect(selection.judge(bucket('a', 0, { series: { signal: 'traces' } }))).toBe('publish');
  expect(selection.judge(bucket('b', 0, { series: { metric: 'queue.depth' } }))).toBe('publish');
  expect(selection.judge(bucket('c', 0, { series: { metric: 'jvm.memory.used' } }))).toBe('publish');
  expect(selection.judge(bucket('d', 0, { series: { metric: 'queue.depth.max' } }))).toBe('quiet');
  expect(selection.judge(bucket('e', 0, { series: { signal: 'logs' } }))).toBe('quiet');
});

test('at the cap an odd series takes the place of a quiet one, never the other way round', () => {
  const selection = createScoreSelection(options);
  const calm = { series: { signal: 'traces' } } as const;
  expect([selection.judge(bucket('a', 0, calm)), selection.judge(bucket('b', 0, calm))]).toEqual([
    'publish',
    'publish',
  ]);
  expect(selection.judge(bucket('c', 0, calm))).toBe('full');
  expect(selection.judge(bucket('d', 3))).toBe('publish');
  expect(selection.judge(bucket('a', 0, calm))).toBe('full');
  expect(selection.judge(bucket('b', 0, calm))).toBe('publish');
  expect(selection.judge(bucket('e', 3))).toBe('publish');
  expect(selection.judge(bucket('f', 3))).toBe('full');
  expect(selection.size).toBe(2);
});

test('series that have vanished give their places away', () => {
  const selection = createScoreSelection(options);
  selection.judge(bucket('a', 3));
  selection.judge(bucket('b', 3));
  expect(selection.judge(bucket('c', 3, { timeMs: 9 * MINUTE }))).toBe('full');
  expect(selection.judge(bucket('c', 3, { timeMs: 10 * MINUTE }))).toBe('publish');
});
