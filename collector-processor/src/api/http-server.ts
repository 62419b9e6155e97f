import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { loadTlsFiles } from '../runtime/tls.ts';
import type { ApiOptions } from './api-options.ts';
import { errorBody } from './error-reply.ts';
import { isRefusedPath } from './raw-path.ts';

/**
 * The server under Fastify. Its request listener is the first code that sees a request: a refused path is answered here, so
 * that no router, hook or URL parser ever reads one.
 */
export function createHttpServer(handler: RequestListener, options: ApiOptions, metrics: SelfMetrics): Server {
  const help = 'Requests refused because of their raw path.';
  const refused = metrics.counter({ name: 'sentinel_api_refused_paths_total', help });
  const guarded: RequestListener = (request, response) => {
    if (!isRefusedPath(request.url ?? '')) {
      handler(request, response);
      return;
    }
    refused.add(1);
    refusePath(response);
  };
  const server = listenerFor(options, guarded);
  server.maxConnections = options.maxConnections;
  server.requestTimeout = options.requestTimeout;
  server.headersTimeout = options.requestTimeout;
  server.keepAliveTimeout = options.idleTimeout;
  return server;
}

function listenerFor({ tls, maxHeaderSize }: ApiOptions, listener: RequestListener): Server {
  if (tls.certFile === '' && tls.keyFile === '') return createServer({ maxHeaderSize }, listener);
  const { certFile, keyFile, clientCaFile: caFile } = tls;
  const material = loadTlsFiles({ certFile, keyFile, caFile }, 'api.tls');
  return createTlsServer(
    { ...material, maxHeaderSize, requestCert: caFile !== '', rejectUnauthorized: caFile !== '' },
    listener,
  );
}

function refusePath(response: ServerResponse): void {
  const message =
    'The path has an empty or dot segment, a separator that is hidden, or a character that no path here has.';
  const body = JSON.stringify(errorBody({ code: 'refused_path', message, remedy: 'Use the path as documented.' }, ''));
  response.writeHead(400, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(body);
}
