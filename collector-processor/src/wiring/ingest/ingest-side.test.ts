import { afterEach, expect, test } from '@jest/globals';
import { freePort } from '../../../demo/processes/free-port.ts';
import { loadSettings } from '../../config/schema.ts';
import { send } from '../../receivers/testing/http-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { SharedNumber } from '../../runtime/shared-number.ts';
import { gauge, span } from '../../testing/telemetry-builder-items.ts';
import { metricsBytes, traceBytes } from '../../testing/telemetry-builder.ts';
import { createIngestSide, type IngestSide } from './ingest-side.ts';
import type { FromIngest } from './messages.ts';

let side: IngestSide | undefined;
afterEach(() => side?.stop());

async function started(backlog = '64MiB') {
  const port = await freePort(0);
  const http = { endpoint: `127.0.0.1:${port}` };
  const otlp = { workers: 1, worker_backlog: backlog, grpc: { enabled: false }, http };
  const loaded = loadSettings(JSON.stringify({ receivers: { otlp } }), { env: {}, readFile: () => '' }, []);
  if (loaded.kind !== 'settings') throw new Error(JSON.stringify(loaded.problems));
  const told: FromIngest[] = [];
  const done = new Int32Array(new SharedArrayBuffer(4));
  const numbers = new Int32Array(new SharedArrayBuffer(4));
  const [used, inFlight] = [SharedNumber.memoryFor(2), SharedNumber.memoryFor(2)];
  side = createIngestSide({
    start: { settings: loaded.settings, threads: 1, done, numbers, used, inFlight, place: 1, hasLog: false },
    tell: (message) => told.push(message),
    clock: systemClock,
    logger: silentLogger,
  });
  await side.start();
  const many = traceBytes(Array.from({ length: 1000 }, () => span({ name: 'GET /' })));
  const value = (name: string): unknown =>
    side?.status().families.find((family) => family.name === name)?.points[0]?.value;
  return {
    told,
    done,
    numbers,
    used: new Float64Array(used),
    other: new SharedNumber(inFlight, 0),
    value,
    post: (body = many, path = '/v1/traces') => send({ port, path, body }),
  };
}

test('a body is told with its columns and its bytes', async () => {
  const { told, post } = await started();
  expect((await post(metricsBytes([gauge('load', [{ value: 0.5 }])]), '/v1/metrics')).status).toBe(200);
  expect(told).toMatchObject([{ kind: 'body', request: { signal: 'metrics' }, body: { signal: 'metrics', count: 1 } }]);
});

test('when the main thread does not keep up, requests are forwarded, not told, and counted as left out', async () => {
  const { told, done, value, post } = await started('64KiB');
  for (let i = 0; i < 3; i++) expect((await post()).status).toBe(200);
  expect(told.map(({ kind }) => kind)).toEqual(['body', 'left_out', 'left_out']);
  expect(told[1]).toEqual({ kind: 'left_out', signal: 'traces', items: 1000 });
  expect(value('sentinel_ingest_backlog_bytes')).toBeGreaterThan(64 * 1024);
  expect(value('sentinel_ingest_backlog_bytes_limit')).toBe(64 * 1024);
  done[0] = Number(value('sentinel_ingest_backlog_bytes')) / 1024;
  await post();
  expect(told.at(-1)?.kind).toBe('body');
});

test('what is told has the numbers of its order, also that a request did not get through', async () => {
  const { told, numbers, post } = await started();
  await post();
  Atomics.add(numbers, 0, 1);
  await post(Buffer.from(metricsBytes([gauge('load', [{ value: 0.5 }])])), '/v1/metrics');
  expect(told).toMatchObject([{ number: 0 }, { number: 2 }]);
});

test('it says what memory it uses, for the limit of the process', async () => {
  const { used } = await started();
  side?.status();
  expect([used[0], Number(used[1]) > 1e6]).toEqual([0, true]);
});

test('bytes in flight are counted together with those of the other threads', async () => {
  const { other, value, post } = await started();
  other.set(160 * 1024 * 1024);
  expect((await post()).status).toBe(503);
  other.set(0);
  expect((await post()).status).toBe(200);
  expect(value('sentinel_receiver_in_flight_bytes')).toBe(0);
});

test('a body that cannot be read is refused, and nothing is told', async () => {
  const { told, post } = await started();
  expect((await post(Buffer.from([0x0a, 200]))).status).toBe(400);
  expect(told).toEqual([]);
});
