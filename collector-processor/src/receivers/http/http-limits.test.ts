import * as http from 'node:http';
import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type ExportOutcome } from '../../model/export-request.ts';
import { openRequest, protobuf, send } from '../testing/http-client.ts';
import { raw } from '../testing/raw-socket.ts';
import { until } from '../testing/receivers-under-test.ts';
import { useReceivers } from '../testing/use-receivers.ts';

const MIB = 1024 * 1024;
const body = Buffer.from('any bytes: the receiver does not decode');
const start = useReceivers();

describe('time and senders that go away', () => {
  test('a sender that does not finish its body is told to send again', async () => {
    const { httpPort, metric } = await start({ receiveTimeout: 50 });
    const { request, reply } = openRequest({ port: httpPort });
    request.write('half');
    const late = await reply;
    request.destroy();
    expect(late.status).toBe(503);
    expect(metric('sentinel_receiver_refused_total', 'reason="slow"')).toBe(1);
  });

  test('a refused sender that never ends is let go', async () => {
    const { httpPort, metric } = await start({ receiveTimeout: 50, maxRequestSize: 10 });
    const { request } = openRequest({ port: httpPort, headers: { ...protobuf, 'content-length': 100 } });
    const closed = new Promise((resolve) => request.on('close', resolve));
    request.write('half');
    await closed;
    await until(() => metric('sentinel_receiver_in_flight_requests') === 0);
  });

  test('headers that do not come are not waited for', async () => {
    const { httpPort, metric } = await start({ headerTimeout: 100 });
    expect(await raw(httpPort, 'POST /v1/traces HTTP/1.1\r\n', false)).toMatch(/^HTTP\/1\.1 503 /);
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="slow_headers"')).toBe(1);
  });

  test('on a connection that has been answered, headers that do not come just end it', async () => {
    const { httpPort } = await start({ headerTimeout: 100 });
    const request =
      'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n';
    const received = await raw(httpPort, `${request}POST /v1/traces`, false);
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  });

  test('a sender that disconnects while its request is handled is counted, and its request is told', async () => {
    let settle: (outcome: ExportOutcome) => void = () => undefined;
    const waiting = new Promise<ExportOutcome>((resolve) => (settle = resolve));
    const { httpPort, requests, metric } = await start({}, () => waiting);
    const { request } = openRequest({ port: httpPort });
    request.end(body);
    await until(() => requests.length === 1);
    expect(requests[0]!.abandoned?.aborted).toBe(false);
    request.destroy();
    await until(() => requests[0]!.abandoned?.aborted === true);
    expect(metric('sentinel_receiver_abandoned_total', 'reason="disconnect"')).toBe(1);
    expect(metric('sentinel_receiver_in_flight_bytes')).toBeGreaterThan(body.length);
    settle({ kind: 'accepted' });
    await until(() => metric('sentinel_receiver_in_flight_bytes') === 0);
  });

  test('a sender that disconnects inside its body leaves nothing behind', async () => {
    const { httpPort, requests, metric } = await start();
    const { request } = openRequest({ port: httpPort, headers: { ...protobuf, 'content-length': 5 * MIB } });
    request.write(Buffer.alloc(MIB));
    await until(() => metric('sentinel_receiver_in_flight_bytes') > MIB);
    request.destroy();
    await until(() => metric('sentinel_receiver_in_flight_bytes') === 0);
    expect(requests).toHaveLength(0);
  });
});

describe('bytes in flight', () => {
  test('a connection has its share, and all together have theirs', async () => {
    const { httpPort, requests } = await start(
      { maxInFlight: 3 * MIB, maxInFlightPerConnection: 2.5 * MIB },
      () => new Promise<ExportOutcome>(() => undefined),
    );
    const held = openRequest({ port: httpPort });
    held.request.end(Buffer.alloc(2 * MIB));
    await until(() => requests.length === 1);
    const refused = await send({ port: httpPort, body: Buffer.alloc(2 * MIB) });
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    held.request.destroy();
  });

  test('what does not fit although nothing else is there is too large, not a matter for later', async () => {
    const { httpPort } = await start({ maxInFlight: 3 * MIB, maxInFlightPerConnection: 2 * MIB });
    expect((await send({ port: httpPort, body: Buffer.alloc(2 * MIB) })).status).toBe(413);
  });

  test('inflated bytes count too', async () => {
    const { httpPort } = await start({ maxInFlight: 64 * MIB, maxInFlightPerConnection: 4 * MIB });
    const headers = { ...protobuf, 'content-encoding': 'gzip' };
    expect((await send({ port: httpPort, headers, body: zlib.gzipSync(Buffer.alloc(3 * MIB)) })).status).toBe(200);
    expect((await send({ port: httpPort, headers, body: zlib.gzipSync(Buffer.alloc(5 * MIB)) })).status).toBe(413);
  });

  test('connections over the limit are dropped and counted', async () => {
    const { httpPort, metric } = await start({ maxConnections: 1 });
    const agent = new http.Agent({ keepAlive: true });
    await send({ port: httpPort, body, agent });
    await expect(send({ port: httpPort, body })).rejects.toThrow();
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="over_limit"')).toBe(1);
    agent.destroy();
  });
});
