import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeMessage } from '../../src/model/otlp/decode-message.ts';
import { type OtlpSink, startOtlpSink } from '../../src/testing/otlp-sink.ts';
import { createShop, type Shop } from './shop.ts';
import { serviceNames } from './topology.ts';

const START_MS = 60_000;
const ARRIVAL_MS = 15_000;

let sink: OtlpSink;
let shop: Shop;

beforeAll(async () => {
  sink = await startOtlpSink();
  shop = createShop({
    otlp: { grpc: sink.grpcUrl, http: sink.httpUrl },
    seed: 1,
    onCrash: (sentence) => {
      throw new Error(sentence);
    },
  });
  await shop.start();
}, START_MS);

afterAll(async () => {
  await shop.stop();
  await sink.close();
}, START_MS);

interface SeenSpan {
  readonly service: string;
  readonly version: string;
  readonly name: string;
  readonly trace: string;
  readonly links: number;
  readonly failed: boolean;
}

function spans(): SeenSpan[] {
  return sink.requests
    .filter(({ signal }) => signal === 'traces')
    .flatMap(({ payload }) => {
      const result = decodeMessage('ExportTraceServiceRequest', payload);
      if (result.kind === 'malformed') throw new Error(result.reason);
      return result.message.resourceSpans ?? [];
    })
    .flatMap(({ resource, scopeSpans = [] }) => {
      const attribute = (key: string): string =>
        resource?.attributes?.find((pair) => pair.key === key)?.value?.stringValue ?? '';
      const [service, version] = [attribute('service.name'), attribute('service.version')];
      return scopeSpans
        .flatMap((scope) => scope.spans ?? [])
        .map((span) => ({
          service,
          version,
          name: span.name ?? '',
          trace: String(span.traceId),
          links: span.links?.length ?? 0,
          failed: span.status?.code === 2,
        }));
    });
}

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + ARRIVAL_MS;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}

function order(): Promise<Response> {
  const body = JSON.stringify({
    items: ['SKU-1', 'SKU-2'],
    customer: '7',
    mail: 'a@example.com',
    card: '4111111111111111',
  });
  return fetch(`http://127.0.0.1:${shop.port('storefront')}/checkout`, { method: 'POST', body });
}

test(
  'one order is one trace through every service and the queue, under the names of routes',
  async () => {
    let status = 0;
    // One in some forty is declined or not answered by the bank, as in life.
    for (let tries = 0; tries < 5 && status !== 200; tries++) status = (await order()).status;
    expect(status).toBe(200);
    await until(() => spans().some(({ name }) => name === 'process orders'));
    await until(() => spans().some(({ name }) => name === 'POST /checkout'));
    const trace = spans().find(({ name }) => name === 'process orders')?.trace;
    const names = spans()
      .filter((span) => span.trace === trace)
      .map(({ service, name }) => `${service}: ${name}`);
    expect(new Set(names)).toEqual(
      new Set([
        'storefront: POST /checkout',
        'storefront: POST /orders',
        'checkout: POST /orders',
        'checkout: GET /prices/{sku}',
        'catalog: GET /prices/{sku}',
        'catalog: SELECT prices',
        'checkout: POST /charges',
        'payment: POST /charges',
        'payment: INSERT charges',
        'checkout: INSERT orders',
        'checkout: send orders',
        'fulfilment: process orders',
        'fulfilment: UPDATE stock',
      ]),
    );
    expect(spans().find(({ name }) => name === 'process orders')?.links).toBe(1);
  },
  START_MS,
);

test(
  'every service sends metrics and logs with its name, version and instance',
  async () => {
    const text = (signal: string): string =>
      sink.requests
        .filter((request) => request.signal === signal)
        .map(({ payload }) => Buffer.from(payload).toString('latin1'))
        .join('');
    await until(() => serviceNames.every((name) => text('metrics').includes(name)));
    await until(() => text('logs').includes('order-queue'));
    for (const name of [
      'process.memory.usage',
      'http.server.request.duration',
      'db.client.connection.count',
      'shop.queue.depth',
    ]) {
      expect(text('metrics')).toContain(name);
    }
    expect(text('metrics')).toContain('deployment.environment.name');
    expect(text('metrics')).toMatch(/payment-\d/);
  },
  START_MS,
);

test(
  'a fault that is switched on shows in the telemetry, and goes when it is switched off',
  async () => {
    await shop.tell('catalog', { priceFailures: 1 });
    expect((await order()).status).toBe(502);
    await until(() =>
      spans().some(({ service, name, failed }) => failed && service === 'catalog' && name === 'GET /prices/{sku}'),
    );
    await shop.tell('catalog', { priceFailures: 0 });
    let status = 0;
    for (let tries = 0; tries < 5 && status !== 200; tries++) status = (await order()).status;
    expect(status).toBe(200);
  },
  START_MS,
);

test(
  'a rollout loses no request, and the new version signs its telemetry',
  async () => {
    const rollout = shop.deploy('payment', '9.9.9');
    const during = Promise.all(Array.from({ length: 20 }, order));
    await rollout;
    const statuses = (await during).map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 402, 502].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(14);
    await order();
    await until(() => spans().some(({ service, version }) => service === 'payment' && version === '9.9.9'));
  },
  START_MS,
);
