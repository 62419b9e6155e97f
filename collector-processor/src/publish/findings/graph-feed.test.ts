import { expect, test } from '@jest/globals';
import { decodeMessage } from '../../model/otlp/decode-message.ts';
import type { ServiceEdge } from '../../model/service-graph.ts';
import { systemClock } from '../../runtime/clock.ts';
import { createGraphFeed, graphRequest } from './graph-feed.ts';

const cart: ServiceEdge = {
  ...{
    tenant: '',
    environment: '',
    from: 'shop',
    to: 'cart',
    remote: false,
    sinceMs: 0,
    lastMs: 1000,
    calls: 3,
    failed: 1,
  },
  client: { counts: [2, 1, 0, 0, 0, 0, 0, 0, 0], sum: 0.4 },
  server: { counts: [3, 0, 0, 0, 0, 0, 0, 0, 0], sum: 0.2 },
  ...{ rate: 1, errorRatio: 0.3, p95: 0.1 },
};

function metricsIn(request: Uint8Array) {
  const read = decodeMessage('ExportMetricsServiceRequest', request);
  return read.kind === 'message' ? (read.message.resourceMetrics?.[0]?.scopeMetrics?.[0]?.metrics ?? []) : [];
}

test('edges leave as cumulative sums and histograms', () => {
  const metrics = metricsIn(graphRequest([{ ...cart, remote: true }], 2000));
  expect(metrics.map(({ name }) => name?.replace('traces_service_graph_request_', ''))).toEqual([
    'total',
    'failed_total',
    'client_seconds',
    'server_seconds',
  ]);
  expect(metrics[0]?.sum).toMatchObject({ isMonotonic: true, dataPoints: [{ asDouble: 3 }] });
  const [times] = metrics[2]?.histogram?.dataPoints ?? [];
  expect(times?.bucketCounts?.map(Number)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0]);
  expect(Number(times?.count)).toBe(3);
  expect(JSON.stringify(times?.attributes)).toContain('virtual_node');
});

test('each tenant gets its own, only from the active process, and no more than there may be', async () => {
  const sent: string[] = [];
  let active = false;
  let rounds = 0;
  const over = Promise.withResolvers<undefined>();
  const clock = {
    ...systemClock,
    sleep: (_ms: number, abort?: AbortSignal) => {
      rounds += 1;
      active = rounds > 1;
      if (rounds > 2) over.resolve(undefined);
      return rounds > 2
        ? new Promise<void>((resolve) => abort?.addEventListener('abort', () => resolve()))
        : Promise.resolve();
    },
  };
  const feed = createGraphFeed({
    options: { enabled: true, interval: 1000, maxEdges: 2 },
    edges: () => [cart, { ...cart, tenant: 'a' }, { ...cart, tenant: 'b' }],
    isActive: () => active,
    send: (_signal, _bytes, tenant) => sent.push(tenant),
    clock,
  });
  await feed.start();
  await over.promise;
  await feed.stop();
  expect(sent).toEqual(['', 'a']);
});

test('many edges leave a few at a time, and others get their turn in between', async () => {
  const sizes: number[] = [];
  let turns = 0;
  let turnsBetween = 0;
  const over = Promise.withResolvers<undefined>();
  const edges = Array.from({ length: 100 }, (_, number) => ({ ...cart, to: `service-${number}` }));
  const feed = createGraphFeed({
    options: { enabled: true, interval: 1, maxEdges: 1000 },
    edges: () => edges,
    isActive: () => sizes.length === 0,
    send: (_signal, protobuf) => {
      const points = metricsIn(protobuf)[0]?.sum?.dataPoints?.length ?? 0;
      if (sizes.length === 0) setImmediate(() => (turns += 1));
      if (sizes.length === 1) turnsBetween = turns;
      sizes.push(points);
      if (sizes.reduce((sum, size) => sum + size, 0) === edges.length) over.resolve(undefined);
    },
    clock: systemClock,
  });
  await feed.start();
  await over.promise;
  await feed.stop();
  expect(Math.max(...sizes)).toBeLessThan(50);
  expect(turnsBetween).toBe(1);
});
