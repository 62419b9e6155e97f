import { expect, test } from '@jest/globals';
import { createSelfMetrics } from './self-metrics.ts';

test('the same name and labels give the same counter', () => {
  const metrics = createSelfMetrics();
  metrics.counter({ name: 'a_total', help: 'A.', labels: { signal: 'logs' } }).add(2);
  metrics.counter({ name: 'a_total', help: 'A.', labels: { signal: 'logs' } }).add(3);
  metrics.counter({ name: 'a_total', help: 'A.', labels: { signal: 'traces' } }).add(1);
  expect(metrics.render()).toBe(
    '# HELP a_total A.\n# TYPE a_total counter\na_total{signal="logs"} 5\na_total{signal="traces"} 1\n',
  );
});

test('histogram buckets are cumulative and end with +Inf', () => {
  const metrics = createSelfMetrics();
  const histogram = metrics.histogram({ name: 'd', help: 'D.' }, [1, 5]);
  for (const value of [0.5, 1, 3, 9]) histogram.observe(value);
  expect(metrics.render()).toContain(
    'd_bucket{le="1"} 2\nd_bucket{le="5"} 3\nd_bucket{le="+Inf"} 4\nd_sum 13.5\nd_count 4',
  );
});

test('label values with quotes, backslashes and newlines are escaped', () => {
  const metrics = createSelfMetrics();
  metrics.gauge({ name: 'g', help: 'G.', labels: { name: 'a"b\\c\nd' } }, () => 1);
  expect(metrics.render()).toContain(String.raw`g{name="a\"b\\c\nd"} 1`);
});
