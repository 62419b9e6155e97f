import { describe, expect, test } from '@jest/globals';
import { sourceName } from './source-name.ts';

const metric = (name: string, part: object = {}) =>
  ({ signal: 'metrics', measure: 'value', metric: name, pointKind: 'gauge', ...part }) as const;
const counter = { measure: 'rate', pointKind: 'sum' } as const;
const histogram = { measure: 'p95', pointKind: 'histogram' } as const;

describe('metrics, as the store names them', () => {
  test.each([
    [
      'process.cpu.time',
      { ...counter, unit: 's' },
      'process.cpu.time',
      'process_cpu_time',
      'process_cpu_time_seconds_total',
    ],
    [
      'http.server.request.duration',
      { ...histogram, unit: 's' },
      'http.server.request.duration',
      'http_server_request_duration',
      'http_server_request_duration_seconds',
    ],
    [
      'http.server.request.duration',
      { ...histogram, measure: 'rate', unit: 's' },
      'http.server.request.duration',
      'http_server_request_duration',
      'http_server_request_duration_seconds',
    ],
    ['cpu.utilization', { unit: '1' }, 'cpu.utilization', 'cpu_utilization', 'cpu_utilization_ratio'],
    ['queue.length', { unit: '{item}' }, 'queue.length', 'queue_length', 'queue_length'],
    ['net.io', { unit: 'By/s' }, 'net.io', 'net_io', 'net_io_bytes_per_second'],
    ['requests_total', counter, 'requests_total', 'requests_total', 'requests_total'],
    ['total.requests.seen', counter, 'total.requests.seen', 'total_requests_seen', 'requests_seen_total'],
    ['memory.bytes', { unit: 'By' }, 'memory.bytes', 'memory_bytes', 'memory_bytes'],
    ['5xx.count', {}, '5xx.count', '_5xx_count', '_5xx_count'],
  ])('%s %j', (name, part, verbatim, underscores, prometheus) => {
    const series = metric(name, part);
    expect(sourceName(series, 'verbatim')).toBe(verbatim);
    expect(sourceName(series, 'underscores')).toBe(underscores);
    expect(sourceName(series, 'prometheus')).toBe(prometheus);
  });
});

test('spans and logs have a name of their own, since no metric of theirs is stored', () => {
  expect(sourceName({ signal: 'traces', measure: 'error_ratio' }, 'prometheus')).toBe('span_error_ratio');
  expect(sourceName({ signal: 'logs', measure: 'template_rate' }, 'verbatim')).toBe('log_template_rate');
});
