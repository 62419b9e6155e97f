import * as http2 from 'node:http2';
import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { frameMessage, framePrefix } from '../../runtime/grpc/frame.ts';
import { ownInstanceId } from '../../runtime/own-instance.ts';
import { call, openCall } from '../testing/grpc-client.ts';
import { raw } from '../testing/raw-socket.ts';
import { useGrpcReceivers } from '../testing/use-receivers.ts';

const MIB = 1024 * 1024;
const message = Buffer.from('any bytes: the receiver does not decode');
const start = useGrpcReceivers();

/** One call whose bytes on the stream are given whole. */
async function callWith(bytes: Uint8Array, headers: http2.OutgoingHttpHeaders = {}, options = {}) {
  const { session, requests, metric } = await start(options);
  const { stream, reply } = openCall(session, headers);
  stream.end(bytes);
  const { status, httpStatus } = await reply;
  return { code: status['grpc-status'], text: String(status['grpc-message']), httpStatus, requests, metric };
}

describe('by its headers', () => {
  test('an unknown method is UNIMPLEMENTED and the known ones are named', async () => {
    const { code, text } = await callWith(frameMessage(message, false), { ':path': '/opentelemetry.Traces/Export' });
    expect(code).toBe('12');
    expect(text).toContain('opentelemetry.proto.collector.trace.v1.TraceService/Export');
  });

  test('an unknown compression is UNIMPLEMENTED and the known ones are named', async () => {
    const { code, text } = await callWith(frameMessage(message, true), { 'grpc-encoding': 'snappy' });
    expect(code).toBe('12');
    expect(text).toContain('gzip or zstd');
  });

  test('what this Sentinel has forwarded itself is PERMISSION_DENIED, which no client repeats', async () => {
    const via = { 'sentinel-via': ownInstanceId };
    const { code, text, metric, requests } = await callWith(frameMessage(message, false), via);
    expect(code).toBe('7');
    expect(text).toContain('SENTINEL_FORWARD_LOOP');
    expect(metric('sentinel_receiver_refused_total', 'wire="grpc"', 'reason="loop"')).toBe(1);
    expect(requests).toHaveLength(0);
  });

  test('a malformed grpc-timeout is INVALID_ARGUMENT', async () => {
    expect((await callWith(frameMessage(message, false), { 'grpc-timeout': 'soon' })).code).toBe('3');
  });

  test.each([
    ['another content type', { 'content-type': 'application/x-protobuf' }, 415, undefined],
    ['gRPC-Web', { 'content-type': 'application/grpc-web+proto' }, 415, undefined],
    ['gRPC with JSON messages', { 'content-type': 'application/grpc+json' }, 415, undefined],
    ['another HTTP method', { ':method': 'PUT' }, 200, '12'],
  ])('%s is no gRPC', async (_name, headers, status, grpcStatus) => {
    const { code, httpStatus, requests } = await callWith(frameMessage(message, false), headers);
    expect([httpStatus, code]).toEqual([status, grpcStatus]);
    expect(requests).toHaveLength(0);
  });

  test('HTTP/1.1 on this port is answered in HTTP/1.1 with the port to use, and counted', async () => {
    const { grpcPort, metric } = await start();
    const answer = await raw(grpcPort, 'POST /v1/traces HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*OTLP\/HTTP has a port of its own, 4318/s);
    expect(metric('sentinel_receiver_connections_closed_total', 'wire="grpc"', 'reason="protocol"')).toBe(1);
  });

  test('bearer tokens: UNAUTHENTICATED without a right one', async () => {
    const { session, requests } = await start({ auth: { bearerTokens: ['right'] } });
    expect((await call(session, message)).status['grpc-status']).toBe('16');
    expect((await call(session, message, { authorization: 'Bearer wrong' })).status['grpc-status']).toBe('16');
    expect((await call(session, message, { authorization: 'Bearer right' })).status['grpc-status']).toBe('0');
    expect(requests).toHaveLength(1);
  });
});

describe('by its message', () => {
  test.each([
    ['nothing at all', Buffer.alloc(0), '12'],
    ['a prefix cut short', framePrefix(3, false).subarray(0, 3), '3'],
    ['a message cut short', frameMessage(message, false).subarray(0, 20), '3'],
    ['a prefix that begins with 2', Buffer.from([2, 0, 0, 0, 1, 0]), '3'],
    ['two messages', Buffer.concat([frameMessage(message, false), frameMessage(message, false)]), '12'],
    ['one byte too many', Buffer.concat([frameMessage(message, false), Buffer.alloc(1)]), '12'],
    ['a compressed message without grpc-encoding', frameMessage(zlib.gzipSync(message), true), '3'],
  ])('%s', async (_name, bytes, status) => {
    const { code, requests } = await callWith(bytes);
    expect(code).toBe(status);
    expect(requests).toHaveLength(0);
  });

  test.each(['gzip', 'zstd'])('broken %s is INVALID_ARGUMENT', async (compression) => {
    const { code, text } = await callWith(frameMessage(message, true), { 'grpc-encoding': compression });
    expect(code).toBe('3');
    expect(text).toContain(`not valid ${compression}`);
  });

  test('a message over the cap is RESOURCE_EXHAUSTED by its prefix alone, without RetryInfo, and the stream is ended', async () => {
    const { session, metric } = await start({ maxRequestSize: 1000 });
    const { stream, reply } = openCall(session);
    stream.write(framePrefix(1001, false));
    const refused = await reply;
    expect(refused.status['grpc-status']).toBe('8');
    expect(refused.status['grpc-status-details-bin']).toBeUndefined();
    expect(refused.rstCode).toBe(http2.constants.NGHTTP2_NO_ERROR);
    expect(metric('sentinel_receiver_in_flight_bytes')).toBe(0);
    expect((await call(session, message)).status['grpc-status']).toBe('0');
  });

  test.each(['gzip', 'zstd'] as const)('a %s bomb is RESOURCE_EXHAUSTED', async (compression) => {
    const compress = compression === 'gzip' ? zlib.gzipSync : zlib.zstdCompressSync;
    const bomb = frameMessage(compress(Buffer.alloc(64 * MIB)), true);
    const { code, requests, metric } = await callWith(bomb, { 'grpc-encoding': compression }, { maxRequestSize: MIB });
    expect(code).toBe('8');
    expect(requests).toHaveLength(0);
    expect(metric('sentinel_receiver_refused_total', 'reason="too_large"', 'signal="traces"')).toBe(1);
  });
});
