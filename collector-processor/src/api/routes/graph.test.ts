import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Graph } from '../../contract/graph.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const read = async (query = '') => (await (await api.ask(`/api/v1/graph${query}`)).json()) as Graph;

test('has services with where they run, and edges with figures, confidence and age', async () => {
  const { services, edges, complete } = await read();
  expect(services).toMatchObject([
    { service: 'shop', resources: { host: ['vm-1'] }, remote: false },
    { service: 'cart', resources: {} },
  ]);
  expect(edges).toMatchObject([
    { from: 'shop', to: 'cart', confidence: 'high', ageMs: 1000, rate: 2, errorRatio: 0.05, p95Seconds: null },
  ]);
  expect(complete).toBe(true);
});

test('is narrowed to a service and its neighbours, a tenant, an environment', async () => {
  expect((await read('?service=cart')).edges).toHaveLength(1);
  expect(await read('?service=search')).toEqual({ services: [], edges: [], complete: true });
  expect((await read('?tenant=other')).services).toEqual([]);
  expect((await read('?environment=production')).edges).toHaveLength(1);
});

test('is there as metrics in the shape of service graphs, for readers', async () => {
  const text = await (await api.ask('/api/v1/graph/metrics')).text();
  const labels = 'client="shop",server="cart",connection_type="",deployment_environment_name="production"';
  expect(text).toContain(
    `# TYPE traces_service_graph_request_total counter\ntraces_service_graph_request_total{${labels}} 120\n`,
  );
  expect(text).toContain(`traces_service_graph_request_failed_total{${labels}} 6\n`);
  expect(text).toContain(`traces_service_graph_request_client_seconds_bucket{${labels},le="0.2"} 120\n`);
  expect(text).toContain(`traces_service_graph_request_server_seconds_sum{${labels}} 6\n`);
  expect((await api.ask('/api/v1/graph/metrics', 'nobody')).status).toBe(401);
});
