import { expect, test } from '@jest/globals';
import { aMember, aTimeline } from '../../testing/incident-builders';
import { storyOf } from './story';
import { storyEvents, storySpan } from './story-events';

test('an anomaly that was told again is as it was told last', () => {
  const timeline = aTimeline(
    { kind: 'anomaly', anomaly: aMember() },
    { kind: 'anomaly', anomaly: aMember({ state: 'closed' }) },
  );
  expect(storyOf(timeline).anomalies).toEqual([aMember({ state: 'closed' })]);
});

test('what was merged is here, and what was split is not', () => {
  const timeline = aTimeline(
    { kind: 'anomaly', anomaly: aMember({ id: 'a' }) },
    { kind: 'merged', from: '7', anomalies: [aMember({ id: 'b' })] },
    { kind: 'split', into: '9', anomalyIds: ['a'] },
  );
  const story = storyOf(timeline);
  expect(story.anomalies.map(({ id }) => id)).toEqual(['b']);
  expect(story.merged).toMatchObject([{ from: '7', anomalyIds: ['b'] }]);
  expect(story.left).toMatchObject([{ kind: 'split', into: '9' }]);
});

test('a state lasts until the next one, and the last one until now', () => {
  const timeline = aTimeline(
    { kind: 'opened', tenant: '' },
    { kind: 'state', state: 'closed', reason: 'quiet for 10 min' },
  );
  const events = storyEvents(storyOf(timeline), 1_760_000_100_000);
  expect(events.map(({ startMs, endMs, sentence }) => [startMs, endMs, sentence])).toEqual([
    [1_760_000_014_000, 1_760_000_015_000, 'Open'],
    [1_760_000_015_000, 1_760_000_100_000, 'Closed: quiet for 10 min'],
  ]);
});

test('the range begins ten minutes before and never ends after now', () => {
  const incident = { startMs: 10_000_000, endMs: 11_000_000 };
  expect(storySpan(incident, 99_000_000)).toEqual({ fromMs: 9_400_000, toMs: 11_300_000 });
  expect(storySpan(incident, 11_100_000).toMs).toBe(11_100_000);
});

test('a budget that begins to burn is a mark of its own lane, with how fast it goes', () => {
  const crossing = { id: 'x', slo: 'checkout-availability', title: 'Checkout availability', service: 'checkout' };
  const timeline = aTimeline({
    kind: 'budget',
    crossing: { ...crossing, atMs: 1_760_000_000_000, from: 'none', to: 'fast', rate: 22, left: 0.12 },
  });
  expect(storyEvents(storyOf(timeline), 1_760_000_100_000)).toMatchObject([
    { lane: 'budget', title: '22x', sentence: 'Checkout availability: burning fast, 22x', service: 'checkout' },
  ]);
});
