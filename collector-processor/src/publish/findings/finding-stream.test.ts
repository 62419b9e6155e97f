import { expect, test } from '@jest/globals';
import type { AnomalyEvent, Border } from '../../model/anomaly.ts';
import { anAnomaly, aSeries, findingId } from '../../store/testing/builders.ts';
import { createFindingStream } from './finding-stream.ts';

function event(kind: AnomalyEvent['kind'], number: number, border: Border = 'notice'): AnomalyEvent {
  return { kind, anomaly: anAnomaly({ id: findingId(number), series: aSeries({ id: `s${number}` }), border }) };
}

test('an update is news only when the finding becomes a page', () => {
  const stream = createFindingStream(10);
  expect(stream.newsOf(event('opened', 1))).toBe('opened');
  expect(stream.newsOf(event('updated', 1))).toBeUndefined();
  expect(stream.newsOf(event('updated', 1, 'page'))).toBe('escalated');
  expect(stream.newsOf(event('updated', 1, 'page'))).toBeUndefined();
  expect(stream.newsOf(event('closed', 1, 'page'))).toBe('closed');
});

test('the finding of a series is known while it is open', () => {
  const stream = createFindingStream(10);
  stream.newsOf(event('opened', 1));
  expect(stream.openFinding('s1')).toBe(findingId(1));
  stream.newsOf(event('closed', 1));
  expect(stream.openFinding('s1')).toBeUndefined();
});

test('an update of a finding that is not followed is no news, as after a restart', () => {
  expect(createFindingStream(10).newsOf(event('updated', 1, 'page'))).toBeUndefined();
});

test('at the limit the oldest is forgotten', () => {
  const stream = createFindingStream(2);
  for (const number of [1, 2, 3]) stream.newsOf(event('opened', number));
  expect([1, 2, 3].map((number) => stream.openFinding(`s${number}`) !== undefined)).toEqual([false, true, true]);
});
