import { expect, test } from '@jest/globals';
import { measureOf, unitOf } from './measure-names.ts';

test.each([
  ['http.server.request.duration', 'latency'],
  ['http_server_duration_p99_ms', 'latency'],
  ['http.server.active_requests', 'requests'],
  ['requests_per_sec', 'requests'],
  ['http_requests_total', 'requests'],
  ['rpc_client_error_rate', 'errors'],
  ['http_5xx_ratio', 'errors'],
  ['db_query_count_per_request', 'work'],
  ['db_rows_examined', 'work'],
  ['system.cpu.utilization', 'saturation'],
  ['container_cpu_cfs_throttled_seconds', 'saturation'],
  ['queue_oldest_message_age_seconds', 'saturation'],
  ['dynamodb_consumed_write_capacity', 'saturation'],
  ['db.client.connections.usage', 'saturation'],
  ['feature_xyz', 'work'],
])('%s measures %s', (name, measure) => {
  expect(measureOf(name)).toBe(measure);
});

test('a percentage is told by its values', () => {
  expect([unitOf('disk_used_pct', [0.4, 1]), unitOf('search_error_rate_pct', [5, 94])]).toEqual(['1', '%']);
});
