import { expect, test } from '@jest/globals';
import type { Series } from '../../src/contract/series.ts';
import { anomaly } from '../testing/anomaly.ts';
import { describeSeries, shorten, shortSentence, stopwatch } from './describe.ts';

const all = { signal: 'traces', measure: 'p50' } as const;

test.each<[string, Partial<Series>]>([
  ['p95 of POST /charges', {}],
  ['error ratio of GET /search', { measure: 'error_ratio', operation: 'GET /search' }],
  ['silence of all it sends', { signal: 'metrics', measure: 'silence' }],
  ['silence of its metrics', { signal: 'metrics', measure: 'signal_loss' }],
  ['new kind of ERROR lines', { signal: 'logs', measure: 'new_template', severity: 'ERROR' }],
  ['rate of one kind of INFO lines', { signal: 'logs', measure: 'template_rate', severity: 'INFO' }],
  ['rate of lines', { signal: 'logs', measure: 'rate' }],
  ['process.memory.usage', { signal: 'metrics', measure: 'value', metric: 'process.memory.usage' }],
])('a series is called "%s"', (name, series) => {
  expect(describeSeries(anomaly({ series }))).toBe(name);
});

test('calls to a peer, and a service as a whole, have no operation', () => {
  const { operation, ...whole } = anomaly().series;
  expect(operation).toBeDefined();
  expect(describeSeries({ ...anomaly(), series: { ...whole, ...all, peer: 'payment' } })).toBe(
    'p50 of calls to payment',
  );
  expect(describeSeries({ ...anomaly(), series: { ...whole, ...all } })).toBe('p50 of calls');
});

test('a sentence loses its point attributes, a long text its end', () => {
  expect(shortSentence(anomaly({ sentence: 'Mean of m of s {a=b, c=d} rose.' }))).toBe('Mean of m of s rose.');
  expect(shorten('abcdef', 4)).toBe('abc…');
  expect(shorten('abc', 4)).toBe('abc');
});

test('the stopwatch shows minutes and seconds', () => {
  expect([0, 9_999, 60_000, 605_000].map(stopwatch)).toEqual(['0:00', '0:09', '1:00', '10:05']);
});
