import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, createContextKey, trace } from '@opentelemetry/api';
import { readJson } from './json-body.ts';
import type { ShopLog } from './log.ts';
import { ShopError } from './shop-error.ts';

/** Not imported, for the reason given in http-client.ts. */
const { createServer } = process.getBuiltinModule('node:http');

export interface Incoming {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/products/{sku}`; the route on spans and metrics. */
  readonly path: string;
  readonly handle: (request: Incoming) => Promise<Reply>;
}

export interface ShopServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Where the HTTP instrumentation looks for the route when the response ends (its own key, by name). */
const rpcMetadata = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

export async function startHttpServer(routes: readonly Route[], log: ShopLog): Promise<ShopServer> {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

  async function answer(request: IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? '/', 'http://shop');
    for (const { route, pattern } of compiled) {
      const match = route.method === request.method ? pattern.exec(url.pathname) : null;
      if (match === null) continue;
      nameServerSpan(route);
      return route.handle({ params: match.groups ?? {}, query: url.searchParams, body: await readJson(request) });
    }
    return { status: 404, body: { error: 'not found' } };
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, failureReply(error, log)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

function nameServerSpan({ method, path }: Route): void {
  trace.getActiveSpan()?.updateName(`${method} ${path}`);
  const metadata = context.active().getValue(rpcMetadata);
  if (typeof metadata === 'object' && metadata !== null) Reflect.set(metadata, 'route', path);
}

function failureReply(error: unknown, log: ShopLog): Reply {
  const fault = error instanceof Error ? error : new Error(String(error));
  trace.getActiveSpan()?.recordException(fault);
  log.failure(fault);
  return { status: error instanceof ShopError ? error.status : 500, body: { error: fault.message } };
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
