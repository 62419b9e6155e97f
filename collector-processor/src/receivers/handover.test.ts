import * as http from 'node:http';
import * as net from 'node:net';
import { expect, test } from '@jest/globals';
import { type ExportOutcome } from '../model/export-request.ts';
import { frameMessage } from '../runtime/grpc/frame.ts';
import { Premises } from './premises.ts';
import { call, connect, openCall } from './testing/grpc-client.ts';
import { openRequest, protobuf, send } from './testing/http-client.ts';
import { accept, startReceivers, until } from './testing/receivers-under-test.ts';
import { useReceivers } from './testing/use-receivers.ts';

const start = useReceivers();
const message = Buffer.from('any bytes');

/** A handler that does not answer before it is told to. */
function held() {
  const outcome = Promise.withResolvers<ExportOutcome>();
  return { handle: () => outcome.promise, settle: () => outcome.resolve({ kind: 'accepted' }) };
}

test('what connects goes to the successor while its predecessor finishes what is open', async () => {
  const premises = new Premises();
  const { handle, settle } = held();
  const old = await start({}, handle, premises);
  const session = connect(old.grpcPort);
  const { stream, reply } = openCall(session);
  stream.end(frameMessage(message, false));
  const first = send({ port: old.httpPort, body: message });
  await until(() => old.requests.length === 2);

  const next = await start({}, accept, premises);
  expect([next.grpcPort, next.httpPort]).toEqual([old.grpcPort, old.httpPort]);
  const stopping = old.stop();
  for (let round = 0; round < 10; round++) {
    expect((await send({ port: old.httpPort, body: message })).status).toBe(200);
    const other = connect(old.grpcPort);
    expect((await call(other, frameMessage(message, false))).status['grpc-status']).toBe('0');
    other.close();
  }
  expect(old.requests).toHaveLength(2);
  expect(next.requests).toHaveLength(20);

  settle();
  expect((await first).status).toBe(200);
  expect((await reply).status['grpc-status']).toBe('0');
  await stopping;
  session.destroy();
  expect((await send({ port: old.httpPort, body: message })).status).toBe(200);
});

test('a request on a connection from before is served as long as the predecessor is at work', async () => {
  const premises = new Premises();
  const { handle, settle } = held();
  const old = await start({}, handle, premises);
  const first = send({ port: old.httpPort, body: message });
  const late = openRequest({ port: old.httpPort, headers: { ...protobuf, 'content-length': message.length } });
  late.request.flushHeaders();
  const later = net.connect(old.httpPort, '127.0.0.1');
  const answer = new Promise<string>((resolve) => later.once('data', (data) => resolve(data.toString())));
  later.write('POST /v1/traces HTTP/1.1\r\nHost: a\r\n');
  await until(() => old.requests.length === 1 && old.metric('sentinel_receiver_connections', 'http') === 3);
  await start({}, accept, premises);
  const stopping = old.stop();
  late.request.end(message);
  later.write('Content-Type: application/x-protobuf\r\nContent-Length: 2\r\n\r\nab');
  await until(() => old.requests.length === 3);
  settle();
  expect((await first).status).toBe(200);
  expect((await late.reply).status).toBe(200);
  expect(await answer).toMatch(/^HTTP\/1.1 200 [^]*connection: close/i);
  await stopping;
});

test('a successor that cannot have its other port leaves the predecessor as it was', async () => {
  const premises = new Premises();
  const old = await start({}, accept, premises);
  const taken = await start();
  const refused = startReceivers({ http: { endpoint: `127.0.0.1:${taken.httpPort}` } }, accept, premises);
  await expect(refused).rejects.toMatchObject({ code: 'SENTINEL_LISTEN_FAILED' });
  const session = connect(old.grpcPort);
  expect((await call(session, frameMessage(message, false))).status['grpc-status']).toBe('0');
  session.destroy();
  expect((await send({ port: old.httpPort, body: message })).status).toBe(200);
  expect(old.requests).toHaveLength(2);
});

test('the port of the last one is closed', async () => {
  const premises = new Premises();
  const old = await start({}, accept, premises);
  const next = await start({ http: { enabled: false } }, accept, premises);
  await old.stop();
  await expect(send({ port: old.httpPort, body: message })).rejects.toThrow(/ECONNREFUSED/);
  await next.stop();
  expect(next.receivers.addresses()).toEqual({});
});

test('bytes that the predecessor holds count for the successor', async () => {
  const premises = new Premises();
  const { handle, settle } = held();
  const limits = { maxInFlight: 100_000 };
  const old = await start(limits, handle, premises);
  const first = send({ port: old.httpPort, body: Buffer.alloc(60_000) });
  await until(() => old.requests.length === 1);
  const next = await start(limits, accept, premises);
  const stopping = old.stop();
  expect((await send({ port: next.httpPort, body: Buffer.alloc(60_000) })).status).toBe(503);
  expect(next.metric('sentinel_receiver_in_flight_bytes')).toBeGreaterThan(60_000);
  settle();
  expect((await first).status).toBe(200);
  await stopping;
  expect((await send({ port: next.httpPort, body: Buffer.alloc(60_000) })).status).toBe(200);
});

test('connections of both together stay below max_connections', async () => {
  const premises = new Premises();
  const { handle, settle } = held();
  const old = await start({}, handle, premises);
  const agent = new http.Agent({ keepAlive: true });
  const { request, reply } = openRequest({ port: old.httpPort, agent });
  request.end(message);
  await until(() => old.requests.length === 1);
  const next = await start({ maxConnections: 1 }, accept, premises);
  const stopping = old.stop();
  const socket = net.connect(next.httpPort, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  await until(() => next.metric('sentinel_receiver_connections_closed_total', 'over_limit') === 1);
  settle();
  expect((await reply).status).toBe(200);
  agent.destroy();
  await stopping;
  expect((await send({ port: next.httpPort, body: message })).status).toBe(200);
});
