/**
 * What an address may lead to by mistake: another program, a sidecar that is too old, one whose certificate nobody knows. And
 * one that answers with the headers of the request, to see what Grafana's proxy sends.
 */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { makeCertificates } from '../../collector-processor/src/testing/certificates.ts';

const status = {
  product: 'sentinel',
  version: '0.0.9',
  apiVersion: 1,
  instance: 'old',
  startedAtMs: 0,
  nowMs: 0,
  role: 'reader',
  coverage: { scored: 0, learning: 0, evicted: 0, unsuitable: 0 },
  anomalies: { open: 0, paging: 0 },
  memory: { rssBytes: 0 },
};

function answering(type: string, body: string): RequestListener {
  return (_request, response) => response.writeHead(200, { 'content-type': type }).end(body);
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}

/** Listens on `port` and the three after it; ends with the process. */
export async function startOtherServers(port: number): Promise<Record<string, { url: string; token: string }>> {
  const old = answering('application/json', JSON.stringify(status));
  const { server: pair, remove } = makeCertificates();
  const tls = { cert: readFileSync(pair.certFile), key: readFileSync(pair.keyFile) };
  remove();
  await listening(createServer(answering('text/html', '<h1>It works</h1>')), port);
  await listening(createServer(old), port + 1);
  await listening(createTlsServer(tls, old), port + 2);
  await listening(
    createServer(({ headers }, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(headers));
    }),
    port + 3,
  );
  const at = (scheme: string, offset: number) => ({
    url: `${scheme}://127.0.0.1:${String(port + offset)}`,
    token: 'x',
  });
  return { stranger: at('http', 0), outdated: at('http', 1), untrusted: at('https', 2), echo: at('http', 3) };
}
