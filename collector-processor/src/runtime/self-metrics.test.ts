import { describe, expect, test } from '@jest/globals';
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

test('a histogram of the same name and labels goes on where it was', () => {
  const metrics = createSelfMetrics();
  for (const value of [0.5, 3]) metrics.histogram({ name: 'd', help: 'D.' }, [1]).observe(value);
  expect(metrics.render()).toContain('d_sum 3.5\nd_count 2');
});

describe('a scope that ended', () => {
  test('takes what only it registered with it, families too', () => {
    const metrics = createSelfMetrics();
    const scope = metrics.scope();
    scope.counter({ name: 'a_total', help: 'A.', labels: { backend: 'x' } }).add(1);
    scope.histogram({ name: 'b', help: 'B.' }, [1]).observe(1);
    scope.gauge({ name: 'c', help: 'C.' }, () => 1);
    scope.end();
    expect(metrics.render()).toBe('');
  });

  test('leaves counters to those who hold them too', () => {
    const metrics = createSelfMetrics();
    const [old, next] = [metrics.scope(), metrics.scope()];
    for (const scope of [old, next]) scope.counter({ name: 'a_total', help: 'A.' }).add(1);
    old.end();
    expect(metrics.samples()).toEqual([{ name: 'a_total', labels: {}, value: 2 }]);
  });

  test('gives a gauge back to who had registered it before', () => {
    const metrics = createSelfMetrics();
    const [running, refused] = [metrics.scope(), metrics.scope()];
    running.gauge({ name: 'g', help: 'G.' }, () => 1);
    refused.gauge({ name: 'g', help: 'G.' }, () => 2);
    expect(metrics.samples()).toMatchObject([{ value: 2 }]);
    refused.end();
    expect(metrics.samples()).toMatchObject([{ value: 1 }]);
  });

  test('registers nothing any more, and what it hands out still works', () => {
    const metrics = createSelfMetrics();
    const scope = metrics.scope();
    scope.end();
    scope.counter({ name: 'a_total', help: 'A.' }).add(1);
    scope.histogram({ name: 'b', help: 'B.' }, [1]).observe(1);
    scope.gauge({ name: 'c', help: 'C.' }, () => 1);
    expect(metrics.families()).toEqual([]);
  });
});
