import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Signal } from '../../src/model/signal.ts';
import { exportMethods } from '../../src/runtime/grpc/export-methods.ts';
import { FRAME_PREFIX_BYTES } from '../../src/runtime/grpc/frame.ts';
import { addTallies, type ItemTally, NO_ITEMS, tallyOf } from './item-tally.ts';

const WINDOW = 8 * 1024 * 1024;
const EMPTY_MESSAGE = Buffer.alloc(FRAME_PREFIX_BYTES);

/** Takes everything at once and looks at it afterwards, so that it takes little of the core it shares with the load. */
export interface Sink {
  readonly httpPort: number;
  readonly grpcPort: number;
  /** For what the program under test tells of itself: taken, and not counted. */
  readonly ownPort: number;
  /** True: it answers that it is away, and takes nothing. */
  away: boolean;
  /** What arrived since the last time. */
  take(signal: Signal): { readonly tally: ItemTally; readonly requests: number };
  close(): void;
}

interface Arrival {
  readonly path: string;
  readonly gzip: boolean;
  readonly body: Buffer;
}

export async function startSink(): Promise<Sink> {
  let arrivals: Arrival[] = [];
  const http = createHttpServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (sink.away) {
        response.writeHead(503, { 'content-length': 0 }).end();
        return;
      }
      const gzip = request.headers['content-encoding'] === 'gzip';
      arrivals.push({ path: request.url ?? '', gzip, body: Buffer.concat(chunks) });
      response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': 0 }).end();
    });
  });
  const grpc = createHttp2Server({ settings: { initialWindowSize: WINDOW, maxFrameSize: 1024 * 1024 } });
  grpc.on('session', (session) => session.setLocalWindowSize(WINDOW));
  grpc.on('sessionError', () => undefined);
  grpc.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (sink.away) {
        stream.respond(
          { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '14' },
          { endStream: true },
        );
        return;
      }
      const framed = Buffer.concat(chunks);
      const path = headers[':path'] ?? '';
      arrivals.push({ path, gzip: framed[0] === 1, body: framed.subarray(FRAME_PREFIX_BYTES) });
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(EMPTY_MESSAGE);
    });
  });
  const own = createHttpServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-length': 0 }).end());
  });
  const [httpPort, grpcPort, ownPort] = await Promise.all([listen(http), listen(grpc), listen(own)]);
  const sink: Sink = {
    httpPort,
    grpcPort,
    ownPort,
    away: false,
    take(signal) {
      const isOurs = ({ path }: Arrival): boolean => path === `/v1/${signal}` || path === exportMethods[signal];
      const taken = arrivals.filter(isOurs);
      arrivals = arrivals.filter((arrival) => !isOurs(arrival));
      const tally = taken.reduce(
        (sum, { gzip, body }) => addTallies(sum, tallyOf(signal, gzip ? gunzipSync(body) : body)),
        NO_ITEMS,
      );
      return { tally, requests: taken.length };
    },
    close() {
      http.close();
      http.closeAllConnections();
      own.close();
      own.closeAllConnections();
      grpc.close();
    },
  };
  return sink;
}

function listen(server: ReturnType<typeof createHttpServer> | ReturnType<typeof createHttp2Server>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
