import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type App, startApp } from '../app.ts';
import { loadSettings } from '../config/schema.ts';
import { systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { logsBytes } from '../testing/telemetry-builder.ts';
import { settingsChecks } from './checks/settings-checks.ts';

/** Stands for a name or a load balancer of which nobody can see that Sentinel is behind it. */
let balancer: Server;
let connections = 0;
let app: App;

beforeEach(async () => {
  connections = 0;
  balancer = createServer((socket) => {
    connections++;
    const onward = connect(app.addresses().http?.port ?? 0, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => [socket, onward].forEach((each) => each.destroy()));
  });
  await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`;
  const written = {
    receivers: { otlp: { max_memory: '0B', grpc: { enabled: false }, http: { endpoint: '127.0.0.1:0' } } },
    forward: { backends: { otlphttp: { endpoint } }, write_ahead_log: { path: 'none' } },
    store: { path: ':memory:' },
    api: { endpoint: '127.0.0.1:0' },
  };
  const result = loadSettings(JSON.stringify(written), { env: {}, readFile: () => '' }, settingsChecks);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  const { settings } = result;
  app = await startApp({
    settings,
    reread: () => ({ kind: 'settings', settings }),
    clock: systemClock,
    logger: silentLogger,
  });
});

afterEach(async () => {
  await app.stop();
  await new Promise((resolve) => balancer.close(resolve));
});

test('a request that comes back is refused at once, and its sender keeps it and learns why', async () => {
  const reply = await fetch(`http://127.0.0.1:${app.addresses().http?.port ?? 0}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: Buffer.from(logsBytes([{ body: { stringValue: 'around and around' } }])),
  });
  expect(reply.status).toBe(503);
  expect(await reply.text()).toContain('SENTINEL_FORWARD_LOOP');
  expect(connections).toBe(1);
}, 30_000);
