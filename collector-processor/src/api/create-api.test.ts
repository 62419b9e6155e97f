import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { hasOpenssl, makeCertificates } from '../testing/certificates.ts';
import { startApi } from './testing/api-server.ts';

test('a port that is taken is refused with its name', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(startApi({ options: { endpoint: `127.0.0.1:${String(port)}` } })).rejects.toMatchObject({
    code: 'SENTINEL_LISTEN_FAILED',
    message: expect.stringContaining(`127.0.0.1:${String(port)}`),
  });
  taken.close();
});

test('a certificate that cannot be read is refused with its setting', async () => {
  const tls = { certFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem', clientCaFile: '' };
  await expect(startApi({ options: { tls } })).rejects.toMatchObject({
    code: 'SENTINEL_TLS_INVALID',
    message: expect.stringContaining('api.tls'),
  });
});

(hasOpenssl ? test : test.skip)(
  'with TLS it is HTTPS, and with client_ca_file only for clients with a certificate',
  async () => {
    const certificates = makeCertificates();
    const { server: own, client, caFile } = certificates;
    const server = await startApi({ options: { tls: { ...own, clientCaFile: caFile } } });
    const ask = (options: RequestOptions): Promise<number | string> =>
      new Promise((resolve) => {
        const to = { host: 'localhost', port: server.port, path: '/healthz', ca: readFileSync(caFile), agent: false };
        get({ ...to, ...options }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        }).on('error', (error) => resolve(String(error)));
      });
    const cert = readFileSync(client.certFile);
    expect(await ask({ cert, key: readFileSync(client.keyFile) })).toBe(200);
    expect(await ask({})).toMatch(/certificate required|ECONNRESET|socket hang up/);
    expect(await ask({ cert, key: readFileSync(client.keyFile), path: '//healthz' })).toBe(400);
    await server.stop();
    certificates.remove();
  },
);

test('stopping twice, and stopping before the start, do nothing', async () => {
  const server = await startApi();
  await server.stop();
  await expect(server.api.stop()).resolves.toBeUndefined();
  expect(server.api.address()).toBeUndefined();
});

test('a client that stays in the middle of its request does not hold up the stop', async () => {
  const server = await startApi();
  const socket = connect(server.port, '127.0.0.1');
  const head = `POST /api/v1/changes HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${server.secret('admin')}\r\n`;
  socket.write(`${head}content-type: application/json\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n`);
  const ended = once(socket, 'close');
  await once(socket, 'data');
  await server.stop();
  await ended;
});
