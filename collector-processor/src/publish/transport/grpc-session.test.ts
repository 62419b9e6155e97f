import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { startOtlpSink } from '../../testing/otlp-sink.ts';
import { outgoing } from '../testing/outgoing-request.ts';
import { createGrpcTransport } from './grpc-transport.ts';

const request = outgoing();

/** A way to the sink that can be made to swallow everything on the connections it has, as a lost route does. */
async function startRoute(port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose() {
      for (const socket of sockets) socket.unpipe().resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a connection whose peer is gone without a word is replaced', async () => {
  const sink = await startOtlpSink();
  const route = await startRoute(Number(new URL(sink.grpcUrl).port));
  const limits = { timeout: 300, connectTimeout: 300, keepAlive: 60_000, maxConnections: 1 };
  const transport = createGrpcTransport({ endpoint: new URL(route.url), tls: {}, headers: {}, ...limits });
  expect(await transport.send(request)).toEqual({ kind: 'delivered' });
  route.lose();
  expect(await transport.send(request)).toMatchObject({ kind: 'retry', reason: 'no answer within 300 ms' });
  let attempts = 0;
  while ((await transport.send(request)).kind !== 'delivered') expect(++attempts).toBeLessThan(20);
  expect(sink.connections).toBe(2);
  await transport.close();
  await route.close();
  await sink.close();
});

test('an idle connection is closed, and the next request opens another', async () => {
  const sink = await startOtlpSink();
  const limits = { timeout: 2000, connectTimeout: 2000, keepAlive: 20, maxConnections: 1 };
  const transport = createGrpcTransport({ endpoint: new URL(sink.grpcUrl), tls: {}, headers: {}, ...limits });
  await transport.send(request);
  while (sink.connections < 2) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await transport.send(request)).toEqual({ kind: 'delivered' });
  }
  await transport.close();
  await sink.close();
});

test('a port that speaks HTTP/1 is named as the cause, with what to do', async () => {
  const server = createHttpServer((_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = createGrpcTransport({
    endpoint: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ...{ timeout: 5000, connectTimeout: 5000, keepAlive: 5000, maxConnections: 1, tls: {}, headers: {} },
  });
  const outcome = await transport.send(request);
  expect(outcome).toMatchObject({ kind: 'retry', reason: expect.stringMatching(/speaks no HTTP\/2.*otlphttp/) });
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
});
