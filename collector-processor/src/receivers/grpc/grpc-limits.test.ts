import * as http2 from 'node:http2';
import * as net from 'node:net';
import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type ExportOutcome } from '../../model/export-request.ts';
import { frameMessage, framePrefix } from '../../runtime/grpc/frame.ts';
import { retryAfterMsOf } from '../../runtime/grpc/status-details.ts';
import { call, openCall } from '../testing/grpc-client.ts';
import { raw } from '../testing/raw-socket.ts';
import { startReceivers, until } from '../testing/receivers-under-test.ts';
import { useGrpcReceivers } from '../testing/use-receivers.ts';

const MIB = 1024 * 1024;
const message = Buffer.from('any bytes: the receiver does not decode');
const start = useGrpcReceivers();

const never = () => new Promise<ExportOutcome>(() => undefined);

describe('time', () => {
  test('a call is answered DEADLINE_EXCEEDED when its grpc-timeout passes, and its request is abandoned', async () => {
    const { session, requests, metric } = await start({}, never);
    const reply = await call(session, message, { 'grpc-timeout': '50m' });
    expect(reply.status['grpc-status']).toBe('4');
    expect(requests[0]!.abandoned?.aborted).toBe(true);
    expect(metric('sentinel_receiver_abandoned_total', 'reason="deadline"')).toBe(1);
  });

  test('a deadline that passes before the message is there is answered the same', async () => {
    const { session, requests } = await start();
    const { stream, reply } = openCall(session, { 'grpc-timeout': '50m' });
    stream.write(framePrefix(100, false));
    expect((await reply).status['grpc-status']).toBe('4');
    expect(requests).toHaveLength(0);
  });

  test('a slow sender is refused after receive_timeout', async () => {
    const { session, metric } = await start({ receiveTimeout: 50 });
    const { stream, reply } = openCall(session);
    stream.write(framePrefix(100, false));
    expect((await reply).status['grpc-status']).toBe('4');
    expect(metric('sentinel_receiver_refused_total', 'reason="slow"')).toBe(1);
  });

  test('a client that cancels is counted, and its request is abandoned', async () => {
    const { session, requests, metric } = await start({}, never);
    const { stream } = openCall(session);
    stream.end(frameMessage(message, false));
    await until(() => requests.length === 1);
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await until(() => requests[0]!.abandoned?.aborted === true);
    expect(metric('sentinel_receiver_abandoned_total', 'reason="disconnect"')).toBe(1);
    expect(metric('sentinel_receiver_in_flight_requests')).toBe(0);
  });

  test('a connection that breaks abandons all its calls', async () => {
    const { session, requests, metric } = await start({}, never);
    for (let count = 0; count < 3; count++) openCall(session).stream.end(frameMessage(message, false));
    await until(() => requests.length === 3);
    session.destroy();
    await until(() => requests.every(({ abandoned }) => abandoned?.aborted === true));
    expect(metric('sentinel_receiver_connections', 'wire="grpc"')).toBe(0);
  });

  test('an answer that the client does not take is cut off', async () => {
    const { newSession, metric } = await start({ receiveTimeout: 50 });
    const closed = newSession({ settings: { initialWindowSize: 0 } });
    const { stream, reply } = openCall(closed);
    stream.end(frameMessage(message, false));
    expect((await reply).rstCode).toBe(http2.constants.NGHTTP2_CANCEL);
    await until(() => metric('sentinel_receiver_in_flight_requests') === 0);
  });
});

describe('bytes in flight', () => {
  test('a connection that holds its share is told to retry, others are not', async () => {
    const { session, newSession, requests } = await start(
      { maxInFlightPerConnection: 3 * MIB, retryAfter: 700 },
      never,
    );
    openCall(session).stream.end(frameMessage(Buffer.alloc(2 * MIB), false));
    await until(() => requests.length === 1);
    const refused = await call(session, Buffer.alloc(2 * MIB));
    expect(refused.status['grpc-status']).toBe('14');
    expect(retryAfterMsOf(String(refused.status['grpc-status-details-bin']))).toBe(700);
    openCall(newSession()).stream.end(frameMessage(Buffer.alloc(2 * MIB), false));
    await until(() => requests.length === 2);
  });

  test('an announced length alone holds at most 1 MiB, and a length that does not fit is refused at its prefix', async () => {
    const { session, metric } = await start({ maxInFlight: 10 * MIB, maxInFlightPerConnection: 10 * MIB });
    const first = openCall(session);
    first.stream.write(framePrefix(9 * MIB, false));
    await until(() => metric('sentinel_receiver_in_flight_bytes') >= MIB);
    expect(metric('sentinel_receiver_in_flight_bytes')).toBeLessThan(1.1 * MIB);
    const second = openCall(session);
    second.stream.write(framePrefix(9.5 * MIB, false));
    expect((await second.reply).status['grpc-status']).toBe('14');
  });

  test('many small requests count for more than their bytes', async () => {
    const { session, requests } = await start({ maxInFlight: 100_000, maxInFlightPerConnection: 100_000 }, never);
    const replies = Array.from({ length: 20 }, () => call(session, message));
    expect((await Promise.any(replies)).status['grpc-status']).toBe('14');
    expect(requests.length).toBeLessThan(100_000 / 8192);
  });

  test('small messages hold 4 KiB each, not the 64 KiB they were read with', async () => {
    const { session, requests } = await start({ maxInFlight: MIB, maxInFlightPerConnection: MIB }, never);
    for (let count = 0; count < 60; count++) openCall(session).stream.end(frameMessage(Buffer.alloc(1000), false));
    await until(() => requests.length === 60);
    const held = requests.map(({ body }) => body.buffer.byteLength);
    expect(Math.max(...held)).toBeLessThanOrEqual(4096);
  });

  test('deadline and disconnect while a body is inflated leave nothing behind', async () => {
    const { session, metric } = await start();
    const packed = zlib.gzipSync(Buffer.alloc(40 * MIB));
    const { stream } = openCall(session, { 'grpc-encoding': 'gzip' });
    stream.end(frameMessage(packed, true));
    await until(() => metric('sentinel_receiver_requests_total') === 1);
    session.destroy();
    await until(() => metric('sentinel_receiver_in_flight_bytes') === 0);
  });
});

describe('connections', () => {
  test('streams above the limit wait at the client', async () => {
    const { session, requests, options } = await start({ grpc: { maxConcurrentStreams: 2 } }, never);
    await new Promise((resolve) => session.once('remoteSettings', resolve));
    expect(session.remoteSettings).toMatchObject({
      maxConcurrentStreams: 2,
      maxFrameSize: options.grpc.maxFrameSize,
      initialWindowSize: options.grpc.streamWindow,
      maxHeaderListSize: options.grpc.maxHeaderSize,
    });
    for (let count = 0; count < 5; count++) openCall(session).stream.end(frameMessage(message, false));
    await until(() => requests.length === 2);
  });

  test('more connections than allowed are dropped and counted', async () => {
    const { session, newSession, metric } = await start({ maxConnections: 1 });
    await call(session, message);
    const second = newSession();
    await new Promise((resolve) => second.once('close', resolve));
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="over_limit"')).toBe(1);
  });

  test('a connection that does not speak is closed', async () => {
    const { grpcPort, metric } = await start({ headerTimeout: 100 });
    const socket = net.connect(grpcPort, '127.0.0.1');
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="no_handshake"')).toBe(1);
  });

  test.each(['', 'PRI * HT'])('that ends at once after "%s", as probes do, is closed at once', async (first) => {
    const { session, grpcPort, metric } = await start({ headerTimeout: 3_600_000 });
    await call(session, message);
    await raw(grpcPort, first);
    await until(() => metric('sentinel_receiver_connections', 'wire="grpc"') === 1);
    expect(metric('sentinel_receiver_connections_closed_total', 'wire="grpc"')).toBe(0);
  });

  test('a connection without calls is asked to leave; one with an open call stays', async () => {
    const { session, newSession, requests, metric } = await start({ idleTimeout: 100 }, never);
    openCall(session).stream.end(frameMessage(message, false));
    await until(() => requests.length === 1);
    const idle = newSession();
    await new Promise((resolve) => idle.once('goaway', resolve));
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="idle"')).toBe(1);
    expect(session.closed).toBe(false);
  });

  test('a connection that answers pings stays, one that does not is closed', async () => {
    const { session, grpcPort, metric } = await start({ grpc: { pingInterval: 50, pingTimeout: 150 } });
    await call(session, message);
    const deaf = net.connect(grpcPort, '127.0.0.1');
    deaf.resume();
    deaf.write(clientPreface());
    await new Promise((resolve) => deaf.once('close', resolve));
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="no_ping"')).toBe(1);
    expect((await call(session, message)).status['grpc-status']).toBe('0');
  });

  test('a client that opens and resets calls without end is cut off', async () => {
    const { session, metric } = await start({ grpc: { resetBurst: 50, resetRate: 1 } }, never);
    await new Promise((resolve) => session.once('remoteSettings', resolve));
    const closed = new Promise((resolve) => session.once('close', resolve));
    const attack = setInterval(() => {
      for (let count = 0; count < 10 && !session.closed && !session.destroyed; count++) {
        const { stream } = openCall(session);
        stream.end(frameMessage(message, false));
        stream.close(http2.constants.NGHTTP2_CANCEL);
      }
    }, 5);
    await closed;
    clearInterval(attack);
    await until(() => metric('sentinel_receiver_in_flight_requests') === 0);
    expect(metric('sentinel_receiver_connections_closed_total', 'reason="flood"')).toBe(1);
  });

  test('headers above the limit are refused and the connection of others goes on', async () => {
    const { session, newSession } = await start({ grpc: { maxHeaderSize: 4096 } });
    await new Promise((resolve) => session.once('remoteSettings', resolve));
    const reply = await call(session, message, { 'x-long': 'x'.repeat(20_000) });
    expect(reply.status['grpc-status']).not.toBe('0');
    expect((await call(newSession(), message)).status['grpc-status']).toBe('0');
  });

  test.each([{ maxFrameSize: 16_383 }, { maxFrameSize: 2 ** 24 }, { connectionWindow: 1000 }])(
    'windows and frames outside the ranges of HTTP/2 are refused at the start: %j',
    async (grpc) => {
      await expect(startReceivers({ grpc })).rejects.toMatchObject({ code: 'SENTINEL_CONFIG_INVALID' });
    },
  );
});

/** The connection preface and an empty SETTINGS frame: a client that says hello and nothing more. */
function clientPreface(): Buffer {
  const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), settings]);
}
