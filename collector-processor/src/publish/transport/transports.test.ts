import { createServer, type AddressInfo } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../runtime/clock.ts';
import { ownInstanceId } from '../../runtime/own-instance.ts';
import { loadTlsFiles } from '../../runtime/tls.ts';
import { type Certificates, hasOpenssl, makeCertificates } from '../../testing/certificates.ts';
import { type OtlpSink, startOtlpSink } from '../../testing/otlp-sink.ts';
import { startEarlyAnswerer } from '../testing/early-answerer.ts';
import { logsOf, outgoing } from '../testing/outgoing-request.ts';
import { createGrpcTransport } from './grpc-transport.ts';
import { createHttpTransport } from './http-transport.ts';
import type { ConnectionOptions, Transport } from './transport.ts';

const paths = { traces: '/v1/traces', metrics: '/v1/metrics', logs: '/v1/logs' };
const makers = {
  http: (connection: ConnectionOptions) =>
    createHttpTransport({ connection, paths, serverErrorsPass: false, clock: systemClock }),
  grpc: createGrpcTransport,
} as const;

describe.each(['http', 'grpc'] as const)('over %s', (wire) => {
  let sink: OtlpSink;
  let transport: Transport;

  function connect(url: string, changes: Partial<ConnectionOptions> = {}): Transport {
    const limits = { timeout: 2000, connectTimeout: 2000, keepAlive: 5000, maxConnections: 2 };
    transport = makers[wire]({ endpoint: new URL(url), tls: {}, headers: {}, ...limits, ...changes });
    return transport;
  }

  beforeEach(async () => {
    sink = await startOtlpSink();
    connect(wire === 'http' ? sink.httpUrl : sink.grpcUrl);
  });

  afterEach(async () => {
    await transport.close();
    await sink.close();
  });

  test.each([
    ['identity', logsOf('a')],
    ['gzip', gzipSync(logsOf('a'))],
    ['zstd', zstdCompressSync(logsOf('a'))],
  ] as const)('carries %s bodies byte for byte', async (compression, body) => {
    expect(await transport.send(outgoing([body], { compression }))).toEqual({ kind: 'delivered' });
    expect(sink.requests[0]).toMatchObject({ wire, compression, items: 1 });
    expect(Buffer.compare(sink.requests[0]?.body ?? Buffer.alloc(0), body)).toBe(0);
  });

  test('names this Sentinel after those that a request has passed, whatever the settings say', async () => {
    connect(wire === 'http' ? sink.httpUrl : sink.grpcUrl, { headers: { 'sentinel-via': 'written by hand' } });
    await transport.send(outgoing([logsOf('a')]));
    await transport.send(outgoing([logsOf('b')], { headers: { 'sentinel-via': 'other', 'x-scope-orgid': 't' } }));
    const headers = sink.requests.map((request) => request.headers);
    expect(headers[0]?.['sentinel-via']).toBe(ownInstanceId);
    expect(headers[1]).toMatchObject({ 'sentinel-via': `other, ${ownInstanceId}`, 'x-scope-orgid': 't' });
  });

  test('says when the answer came before the last byte had left', async () => {
    const early = await startEarlyAnswerer(wire);
    connect(early.url, { timeout: 20_000 });
    const outcome = await transport.send(outgoing([logsOf('x'.repeat(32 * 1024 * 1024))]));
    early.close();
    expect(outcome).toEqual({ kind: 'delivered', unflushed: true });
  });

  test('writes the parts of a joined body one after the other, small and large', async () => {
    const parts = ['a', 'b', 'x'.repeat(200_000)].map(logsOf);
    await transport.send(outgoing(parts));
    await transport.send(
      outgoing(
        parts.map((part) => gzipSync(part)),
        { compression: 'gzip' },
      ),
    );
    for (const { payload } of sink.requests) expect(Buffer.compare(payload, Buffer.concat(parts))).toBe(0);
    expect(sink.tally.items.logs).toBe(6);
  });

  test('adds the tenant’s headers; those of the settings stand over them', async () => {
    await transport.close();
    connect(wire === 'http' ? sink.httpUrl : sink.grpcUrl, {
      headers: { authorization: 'Bearer x', 'x-pinned': 'ours' },
    });
    await transport.send(outgoing([logsOf('a')], { headers: { 'x-scope-orgid': 'team', 'x-pinned': 'theirs' } }));
    const expected = { authorization: 'Bearer x', 'x-pinned': 'ours', 'x-scope-orgid': 'team' };
    expect(sink.requests[0]?.headers).toMatchObject(expected);
  });

  test('relays partial success', async () => {
    sink.answer({ kind: 'partial', rejected: 1, message: 'too old' });
    const outcome = await transport.send(outgoing([logsOf('a')]));
    expect(outcome).toEqual({ kind: 'delivered', partial: { rejectedItems: 1, message: 'too old' } });
  });

  test('tells when to come back', async () => {
    sink.answer({ kind: 'status', status: 503, message: 'later', retryAfterS: 3 });
    const outcome = await transport.send(outgoing([logsOf('a')]));
    expect(outcome).toMatchObject({ kind: 'retry', throttled: false, retryAfterMs: 3000 });
  });

  test.each([400, 401, 403, 413])('tells a refusal with %d', async (status) => {
    sink.answer({ kind: 'status', status, message: 'because' });
    const outcome = await transport.send(outgoing([logsOf('a')]));
    expect(outcome).toMatchObject({ kind: 'refused', status });
    expect(outcome.kind === 'refused' && outcome.reason).toContain('because');
  });

  test('a broken connection is retryable, and the next request gets through', async () => {
    sink.answerNext({ kind: 'reset' });
    expect(await transport.send(outgoing([logsOf('a')]))).toMatchObject({ kind: 'retry', throttled: false });
    expect(await transport.send(outgoing([logsOf('b')]))).toEqual({ kind: 'delivered' });
  });

  test('a backend that says nothing is given up after the time-out, without holding up others', async () => {
    await transport.close();
    connect(wire === 'http' ? sink.httpUrl : sink.grpcUrl, { timeout: 400 });
    sink.answerNext({ kind: 'hang' });
    const stuck = transport.send(outgoing([logsOf('a')]));
    expect(await transport.send(outgoing([logsOf('b')]))).toEqual({ kind: 'delivered' });
    expect(await stuck).toEqual({ kind: 'retry', reason: 'no answer within 400 ms', throttled: false });
  });

  test('a slow answer within the time-out is an answer', async () => {
    sink.answer({ kind: 'slow', delayMs: 50 });
    expect(await transport.send(outgoing([logsOf('a')]))).toEqual({ kind: 'delivered' });
  });

  test('no backend at all is retryable, and it is found when it comes', async () => {
    const url = new URL(wire === 'http' ? sink.httpUrl : sink.grpcUrl);
    await sink.close();
    const outcome = await transport.send(outgoing([logsOf('a')]));
    expect(outcome).toMatchObject({ kind: 'retry' });
    expect(outcome.kind === 'retry' && outcome.reason).toContain('ECONNREFUSED');
    sink = await startOtlpSink({ [`${wire}Port`]: Number(url.port) });
    expect(await transport.send(outgoing([logsOf('b')]))).toEqual({ kind: 'delivered' });
  });

  test('a peer that accepts connections and never speaks is given up', async () => {
    const mute = createServer((socket) => socket.on('error', () => socket.destroy()).resume());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    await transport.close();
    connect(`http://127.0.0.1:${(mute.address() as AddressInfo).port}`, { timeout: 60, connectTimeout: 60 });
    expect(await transport.send(outgoing([logsOf('a')]))).toMatchObject({ kind: 'retry' });
    await transport.close();
    await new Promise((resolve) => mute.close(resolve));
  });

  test('no more connections than allowed', async () => {
    sink.answer({ kind: 'slow', delayMs: 20 });
    await Promise.all(Array.from({ length: 10 }, () => transport.send(outgoing([logsOf('a')]))));
    expect(sink.tally.requests).toBe(10);
    expect(sink.connections).toBeLessThanOrEqual(wire === 'http' ? 2 : 1);
  });

  test('closing breaks what is under way', async () => {
    sink.answer({ kind: 'hang' });
    const stuck = transport.send(outgoing([logsOf('a')]));
    await sink.arrived(1);
    await transport.close();
    expect(await stuck).toMatchObject({ kind: 'retry' });
  });

  (hasOpenssl ? describe : describe.skip)('with TLS', () => {
    let certificates: Certificates;
    beforeEach(() => {
      certificates = makeCertificates();
    });
    afterEach(() => certificates.remove());

    test('trusts its authority, shows its own certificate, and refuses strangers', async () => {
      const { caFile, server, client } = certificates;
      const tls = { ...loadTlsFiles({ ...server, caFile }, 'sink'), requestCert: true, rejectUnauthorized: true };
      const secure = await startOtlpSink({ tls });
      const url = wire === 'http' ? secure.httpUrl : secure.grpcUrl;
      const known = connect(url, { tls: loadTlsFiles({ ...client, caFile }, 'test') });
      expect(await known.send(outgoing([logsOf('a')]))).toEqual({ kind: 'delivered' });
      await known.close();
      const stranger = connect(url, { tls: loadTlsFiles({ certFile: '', keyFile: '', caFile }, 'test') });
      expect(await stranger.send(outgoing([logsOf('a')]))).toMatchObject({ kind: 'retry' });
      await stranger.close();
      const trusting = connect(url, { tls: loadTlsFiles({ ...client, caFile: '' }, 'test') });
      const outcome = await trusting.send(outgoing([logsOf('a')]));
      expect(outcome.kind === 'retry' && outcome.reason).toMatch(/certificate/);
      expect(secure.tally.requests).toBe(1);
      await trusting.close();
      await secure.close();
    });
  });
});

test('an endless answer over HTTP is cut off; its status has been heard', async () => {
  const endless = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      socket.write('HTTP/1.1 400 No\r\ncontent-type: text/plain\r\n\r\n');
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'x')));
      };
      socket.on('drain', pour);
      pour();
    });
  });
  await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
  const limits = { timeout: 20_000, connectTimeout: 2000, keepAlive: 5000, maxConnections: 1 };
  const endpoint = new URL(`http://127.0.0.1:${(endless.address() as AddressInfo).port}`);
  const transport = makers.http({ endpoint, tls: {}, headers: {}, ...limits });
  expect(await transport.send(outgoing([logsOf('a')]))).toMatchObject({ kind: 'refused', status: 400 });
  await transport.close();
  await new Promise((resolve) => endless.close(resolve));
});
