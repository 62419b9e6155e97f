import * as http from 'node:http';
import * as https from 'node:https';
import { Socket } from 'node:net';
import { type Duplex } from 'node:stream';
import { codeOf } from '../../runtime/errors.ts';
import { ByteBudget } from '../byte-budget.ts';
import { createCors, type FlatHeaders } from '../cors.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type ConnectionEnd } from '../receiver-metrics.ts';
import { receiverTls } from '../receiver-tls.ts';
import { WirePort } from '../wire-port.ts';
import { type WireServer } from '../wire-server.ts';
import { CallRequest, CallResponse, HttpCall } from './http-call.ts';
import { createHttpRoutes, readHttpHead } from './http-head.ts';
import { refusalAnswer, write } from './http-reply.ts';

const SETTING = 'receivers.otlp.http';
const noHeaders: FlatHeaders = [];

/** OTLP/HTTP, protobuf and JSON on one port. */
export function createHttpServer(context: ReceiverContext): WireServer {
  const { options, metrics } = context;
  const routes = createHttpRoutes(context);
  const cors = createCors(options.http.cors);
  const budgets = new WeakMap<Socket, ByteBudget>();
  const server = createServer(context);
  const port = new WirePort(context, 'http', (socket) => {
    socket.allowHalfOpen = options.http.tls.certFile === '';
    server.emit('connection', socket);
  });
  port.watchHandshakes(server);
  server.on('request', (request, response) => serve(request, response, false));
  server.on('checkContinue', (request, response) => serve(request, response, true));
  server.on('clientError', (error, socket) => {
    const code = codeOf(error);
    if (!isHttpFault(code)) socket.destroy();
    else {
      metrics.connectionClosed('http', (broken[code] ?? noHttp).reason);
      endBroken(code, socket);
    }
  });

  function serve(request: CallRequest, response: CallResponse, waitsForContinue: boolean): void {
    const { origin } = request.headers;
    const headers = cors === undefined ? noHeaders : cors.response(origin);
    if (cors !== undefined && origin !== undefined && isPreflight(request)) {
      response.writeHead(204, [...cors.preflight(origin, textOf(request.headers['access-control-request-headers']))]);
      response.end();
      return;
    }
    const head = readHttpHead(context, routes, request);
    if (head.kind === 'head') {
      const parts = { request, response, head, headers, waitsForContinue };
      new HttpCall(context, budgetOf(request.socket), parts).start();
      return;
    }
    metrics.refused('http', head.signal, head.cause);
    const more = waitsForContinue ? [...headers, 'Connection', 'close'] : headers;
    write(response, refusalAnswer(head, head.encoding, options.retryAfter), more);
    request.resume();
  }

  function budgetOf(socket: Socket): ByteBudget {
    const known = budgets.get(socket);
    if (known !== undefined) return known;
    const created = new ByteBudget(options.maxInFlightPerConnection);
    budgets.set(socket, created);
    return created;
  }

  return {
    address: () => port.address(),
    async start() {
      await port.start();
      // It has no port of its own, and begins to watch time limits only now.
      server.emit('listening');
    },
    leave() {
      port.leave();
      server.closeIdleConnections();
    },
    async close() {
      await port.close();
      server.close();
    },
  };
}

function createServer({ options }: ReceiverContext): http.Server<typeof CallRequest, typeof CallResponse> {
  const { headerTimeout, receiveTimeout, idleTimeout } = options;
  const serverOptions: http.ServerOptions<typeof CallRequest, typeof CallResponse> = {
    IncomingMessage: CallRequest,
    ServerResponse: CallResponse,
    maxHeaderSize: options.http.maxHeaderSize,
    headersTimeout: headerTimeout,
    /** Behind the exchange's own time limit: for requests that were refused and still send. */
    requestTimeout: headerTimeout + receiveTimeout,
    keepAliveTimeout: idleTimeout,
    connectionsCheckingInterval: Math.min(1000, headerTimeout),
  };
  const tls = receiverTls(options.http.tls, `${SETTING}.tls`, headerTimeout);
  return tls === undefined ? http.createServer(serverOptions) : https.createServer({ ...serverOptions, ...tls });
}

function isPreflight({ method, headers }: http.IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

function textOf(header: string | undefined): string {
  return header ?? '';
}

/** Otherwise the sender went away, or its TLS failed, which is counted elsewhere. */
function isHttpFault(code: string): boolean {
  if (code === 'HPE_INVALID_EOF_STATE') return false;
  return code.startsWith('HPE_') || code.startsWith('ERR_HTTP_');
}

/** What cannot be read as HTTP gets a line that helps, unless it would be taken for the answer to an earlier request. */
function endBroken(code: string, socket: Duplex): void {
  const hasAnswered = socket instanceof Socket && socket.bytesWritten > 0;
  if (hasAnswered || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, text } = broken[code] ?? noHttp;
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

interface Broken {
  readonly status: string;
  readonly text: string;
  readonly reason: ConnectionEnd;
}

const noHttp: Broken = { status: '400 Bad Request', text: 'This is not an HTTP/1.1 request.', reason: 'protocol' };

const broken: Readonly<Record<string, Broken>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    text: 'The headers are larger than max_header_size.',
    reason: 'large_headers',
  },
  HPE_PAUSED_H2_UPGRADE: {
    status: '400 Bad Request',
    text: 'This port speaks OTLP/HTTP; OTLP/gRPC has a port of its own, 4317 by default.',
    reason: 'protocol',
  },
  // Not 408: a sender of OTLP would drop its telemetry on it.
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '503 Service Unavailable',
    text: 'The request did not arrive in time.',
    reason: 'slow_headers',
  },
};
