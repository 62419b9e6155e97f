import { expect, test } from '@jest/globals';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { countedOnly, sumFamilies } from './sum-families.ts';

function thread(requests: number, held: number, breaker: number) {
  const metrics = createSelfMetrics(() => 5);
  metrics.counter({ name: 'requests_total', help: 'h', labels: { signal: 'logs' } }).add(requests);
  metrics.gauge({ name: 'held_bytes', help: 'h' }, () => held);
  metrics.gauge({ name: 'x_breaker_state', help: 'h', labels: { backend: 'loki' } }, () => breaker);
  metrics.histogram({ name: 'delay_seconds', help: 'h' }, [1, 2]).observe(requests);
  return metrics.families();
}

test('counts and sizes are added up, of states the worst counts', () => {
  const samples = sumFamilies([thread(1, 10, 0), thread(2, 20, 2), thread(5, 1, 1)]).map(({ name, points }) => [
    name,
    points.map(({ value }) => value),
  ]);
  expect(Object.fromEntries(samples)).toEqual({
    requests_total: [8],
    held_bytes: [31],
    x_breaker_state: [2],
    delay_seconds: [{ bounds: [1, 2], counts: [1, 1, 1], sum: 8 }],
  });
});

test('label sets are kept apart, whatever the order of their names', () => {
  const [one, other] = [createSelfMetrics(), createSelfMetrics()];
  one.counter({ name: 'n_total', help: 'h', labels: { a: '1', b: '2' } }).add(1);
  other.counter({ name: 'n_total', help: 'h', labels: { b: '2', a: '1' } }).add(2);
  other.counter({ name: 'n_total', help: 'h', labels: { a: '9', b: '2' } }).add(4);
  const [family] = sumFamilies([one.families(), other.families()]);
  expect(family?.points.map(({ value }) => value)).toEqual([3, 4]);
});

test('of a thread that has ended only what it counted is left', () => {
  expect(countedOnly(thread(1, 10, 0)).map(({ name }) => name)).toEqual(['requests_total', 'delay_seconds']);
});
