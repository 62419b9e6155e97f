import * as http from 'node:http';
import * as net from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type ExportOutcome } from '../model/export-request.ts';
import { frameMessage } from '../runtime/grpc/frame.ts';
import { call, connect, openCall } from './testing/grpc-client.ts';
import { openRequest, protobuf, send } from './testing/http-client.ts';
import { type ReceiversUnderTest, startReceivers, until } from './testing/receivers-under-test.ts';

const message = Buffer.from('any bytes');
let running: ReceiversUnderTest | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** A handler whose outcomes the test decides, in order. */
function held() {
  const waiting: ((outcome: ExportOutcome) => void)[] = [];
  return {
    handle: () => new Promise<ExportOutcome>((resolve) => waiting.push(resolve)),
    settle: (outcome: ExportOutcome) => waiting.shift()?.(outcome),
  };
}

describe('readiness', () => {
  test('follows start and stop', async () => {
    running = await startReceivers();
    expect(running.receivers.state()).toBe('ready');
    const stopping = running.stop();
    expect(running.receivers.state()).toBe('draining');
    await stopping;
    expect(running.receivers.state()).toBe('stopped');
    expect(running.receivers.addresses()).toEqual({});
  });

  test('a port in use is named with its setting, and nothing stays open', async () => {
    running = await startReceivers();
    const endpoint = `127.0.0.1:${running.httpPort}`;
    const second = startReceivers({ http: { endpoint } });
    await expect(second).rejects.toMatchObject({
      code: 'SENTINEL_LISTEN_FAILED',
      message: expect.stringContaining('receivers.otlp.http.endpoint'),
    });
  });

  test('a wire that is switched off has no address', async () => {
    running = await startReceivers({ grpc: { enabled: false } });
    expect(Object.keys(running.receivers.addresses())).toEqual(['http']);
  });
});

describe('stop', () => {
  test('waits for open requests of both wires and delivers their answers', async () => {
    const { handle, settle } = held();
    running = await startReceivers({}, handle);
    const session = connect(running.grpcPort);
    const { stream, reply } = openCall(session);
    stream.end(frameMessage(message, false));
    const http1 = send({ port: running.httpPort, body: message });
    await until(() => running?.requests.length === 2);
    const stopping = running.stop();
    settle({ kind: 'accepted' });
    settle({ kind: 'accepted' });
    expect((await reply).status['grpc-status']).toBe('0');
    const answer = await http1;
    expect(answer.status).toBe(200);
    expect(answer.headers.connection).toBe('close');
    await stopping;
    await expect(send({ port: running.httpPort, body: message })).rejects.toThrow(/ECONNREFUSED/);
  });

  test('tells a gRPC client to go elsewhere', async () => {
    const { handle, settle } = held();
    running = await startReceivers({}, handle);
    const session = connect(running.grpcPort);
    const { stream, reply } = openCall(session);
    stream.end(frameMessage(message, false));
    await until(() => running?.requests.length === 1);
    const goaway = new Promise((resolve) => session.once('goaway', resolve));
    const stopping = running.stop();
    expect(await goaway).toBe(0);
    settle({ kind: 'accepted' });
    expect((await reply).status['grpc-status']).toBe('0');
    await stopping;
  });

  test('a request that arrives on an open connection during the drain is told to retry', async () => {
    const { handle, settle } = held();
    running = await startReceivers({}, handle);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
    const first = send({ port: running.httpPort, body: message, agent });
    const { request, reply } = openRequest({
      port: running.httpPort,
      agent,
      headers: { ...protobuf, 'content-length': 4 },
    });
    request.write('ab');
    await until(() => running?.requests.length === 1 && running.metric('sentinel_receiver_in_flight_requests') === 2);
    const socket = net.connect(running.httpPort, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('POST /v1/logs HTTP/1.1\r\nHost: x\r\n');
    await until(() => running?.metric('sentinel_receiver_connections') === 3);
    const stopping = running.stop();
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.write('Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}');
    await until(() => answer.includes('\r\n\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: \d/);
    request.end('cd');
    await until(() => running?.requests.length === 2);
    settle({ kind: 'accepted' });
    settle({ kind: 'accepted' });
    expect((await first).status).toBe(200);
    expect((await reply).status).toBe(200);
    await stopping;
    agent.destroy();
  });

  test('after drain_timeout whoever still waits is told to retry, on both wires', async () => {
    const { handle } = held();
    running = await startReceivers({ drainTimeout: 50 }, handle);
    const session = connect(running.grpcPort);
    const grpc = call(session, message);
    const http1 = send({ port: running.httpPort, body: message });
    await until(() => running?.requests.length === 2);
    await running.stop();
    expect((await grpc).status['grpc-status']).toBe('14');
    const answer = await http1;
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBeDefined();
  });

  test('idle and unfinished connections do not hold it up', async () => {
    running = await startReceivers({ drainTimeout: 50 });
    const agent = new http.Agent({ keepAlive: true });
    await send({ port: running.httpPort, body: message, agent });
    const session = connect(running.grpcPort);
    await call(session, message);
    const silent = [running.grpcPort, running.httpPort].map((port) =>
      net.connect(port, '127.0.0.1').on('error', ignore),
    );
    await until(() => running?.metric('sentinel_receiver_connections') === 4);
    await running.stop();
    await until(() => running?.metric('sentinel_receiver_connections') === 0);
    agent.destroy();
    for (const socket of silent) socket.destroy();
  });
});

function ignore(): void {
  // The sockets are ended by the other side.
}
