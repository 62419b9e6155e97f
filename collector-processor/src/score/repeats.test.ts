import { expect, test } from '@jest/globals';
import { systemClock } from '../runtime/clock.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { Repeats } from './repeats.ts';

function request(text: string) {
  return { signal: 'logs' as const, headers: {}, payload: Buffer.from(text) };
}

function createRepeats(maxRequests = 10) {
  const time = { ms: 0 };
  const clock = { ...systemClock, monotonicMs: () => time.ms };
  const metrics = createSelfMetrics();
  const repeats = new Repeats({ limits: { maxRequests, for: 1000 }, clock, metrics });
  const value = (name: string) => metrics.samples().find((sample) => sample.name === name)?.value;
  return { repeats, time, value };
}

test('a request that did not get through is known and counted when it comes again, until it does or time is over', () => {
  const { repeats, time, value } = createRepeats();
  for (const text of ['a', 'b']) repeats.settled(request(text), false);
  expect(['a', 'b', 'c'].map((text) => repeats.isRepeat(request(text)))).toEqual([true, true, false]);
  repeats.settled(request('a'), true);
  expect(repeats.isRepeat(request('a'))).toBe(false);
  expect(value('sentinel_score_remembered_requests')).toBe(1);
  time.ms = 1000;
  expect(repeats.isRepeat(request('b'))).toBe(false);
  expect(value('sentinel_repeated_requests_total')).toBe(2);
});

test('those that found no room are counted', () => {
  const { repeats, value } = createRepeats(1);
  for (const text of ['a', 'b']) repeats.settled(request(text), false);
  expect(repeats.isRepeat(request('a'))).toBe(false);
  expect(value('sentinel_score_remembered_evicted_total')).toBe(1);
});
