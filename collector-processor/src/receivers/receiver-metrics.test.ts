import { expect, test } from '@jest/globals';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { createReceiverMetrics } from './receiver-metrics.ts';

test('every reason stands at zero before it happens, and happens where it stands', () => {
  const metrics = createSelfMetrics();
  const { refused, abandoned, connectionClosed } = createReceiverMetrics(metrics);
  const before = metrics.samples();
  expect(before.every(({ value }) => value === 0)).toBe(true);
  refused('http', 'logs', 'too_large');
  abandoned('grpc', 'deadline');
  connectionClosed('grpc', 'idle');
  expect(metrics.samples().filter(({ value }) => value === 1)).toEqual([
    {
      name: 'sentinel_receiver_refused_total',
      labels: { wire: 'http', signal: 'logs', reason: 'too_large' },
      value: 1,
    },
    { name: 'sentinel_receiver_abandoned_total', labels: { wire: 'grpc', reason: 'deadline' }, value: 1 },
    { name: 'sentinel_receiver_connections_closed_total', labels: { wire: 'grpc', reason: 'idle' }, value: 1 },
  ]);
  expect(metrics.samples()).toHaveLength(before.length);
});
