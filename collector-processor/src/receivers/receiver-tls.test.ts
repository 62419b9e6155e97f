import { readFileSync } from 'node:fs';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Certificates, hasOpenssl, makeCertificates } from '../testing/certificates.ts';
import { call } from './testing/grpc-client.ts';
import { type ReceiversUnderTest, startReceivers, until } from './testing/receivers-under-test.ts';

const message = Buffer.from('any bytes');
let running: ReceiversUnderTest | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

test('an authority for clients without a certificate of our own is refused', async () => {
  const tls = { certFile: '', keyFile: '', clientCaFile: '/nowhere/ca.pem' };
  await expect(startReceivers({ grpc: { tls } })).rejects.toMatchObject({ code: 'SENTINEL_TLS_INVALID' });
});

(hasOpenssl ? describe : describe.skip)('with certificates of openssl', () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  afterAll(() => certificates.remove());

  function tlsOf(clientCaFile: string) {
    const tls = { ...certificates.server, clientCaFile };
    return { grpc: { tls }, http: { tls } };
  }

  const authority = () => ({ ca: readFileSync(certificates.caFile) });
  const identity = () => ({
    cert: readFileSync(certificates.client.certFile),
    key: readFileSync(certificates.client.keyFile),
  });

  function post(options: https.RequestOptions): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-protobuf' };
      const request = https.request(
        {
          host: 'localhost',
          port: running?.httpPort,
          path: '/v1/traces',
          method: 'POST',
          headers,
          agent: false,
          ...options,
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', reject);
      request.end(message);
    });
  }

  async function callOver(options: http2.SecureClientSessionOptions): Promise<string> {
    const session = http2.connect(`https://localhost:${running?.grpcPort ?? 0}`, options);
    const failed = new Promise<string>((resolve) => session.once('error', () => resolve('failed')));
    const reply = call(session, message).then(({ status }) => String(status['grpc-status'] ?? 'failed'));
    const result = await Promise.race([failed, reply]);
    session.destroy();
    return result;
  }

  test('TLS on both ports', async () => {
    running = await startReceivers(tlsOf(''));
    expect(await post(authority())).toBe(200);
    expect(await callOver(authority())).toBe('0');
    expect(running.requests).toHaveLength(2);
  });

  test('a client that does not know the authority is not served', async () => {
    running = await startReceivers(tlsOf(''));
    await expect(post({})).rejects.toThrow();
    expect(await callOver({})).toBe('failed');
    await until(() => running?.metric('sentinel_receiver_connections_closed_total', 'reason="tls"') === 2);
    expect(running.metric('sentinel_receiver_connections_closed_total')).toBe(2);
  });

  test('mTLS lets in a client with a certificate of the authority and nobody else', async () => {
    running = await startReceivers(tlsOf(certificates.caFile));
    await expect(post(authority())).rejects.toThrow();
    expect(await callOver(authority())).toBe('failed');
    expect(running.requests).toHaveLength(0);
    expect(await post({ ...authority(), ...identity() })).toBe(200);
    expect(await callOver({ ...authority(), ...identity() })).toBe('0');
  });
});
