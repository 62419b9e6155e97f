import type { Server } from 'node:http';
import type { Http2Server, ServerHttp2Session } from 'node:http2';
import { type AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { createGrpcSink } from './sink/grpc-sink.ts';
import { createHttpSink } from './sink/http-sink.ts';
import type { SinkAnswer } from './sink/sink-answer.ts';
import { type AnswerRule, SinkLog, type SinkRequest, type SinkTally } from './sink/sink-log.ts';

export { addDigests, countItems, digestOf, topRecords } from './sink/otlp-records.ts';

export interface OtlpSinkOptions {
  /** `requests` keeps every request; `tally` only counts and hashes, for long runs. Default `requests`. */
  readonly keep?: 'requests' | 'tally';
  /** Default 0: any free port. */
  readonly httpPort?: number;
  readonly grpcPort?: number;
  /** Certificate and key (and `ca`, `requestCert` for mTLS) of both ports. */
  readonly tls?: TlsOptions;
}

/**
 * An OTLP backend for tests on real sockets: HTTP and gRPC, protobuf and JSON, identity, gzip and zstd. It takes
 * everything until told otherwise:
 *
 *   const sink = await startOtlpSink();
 *   sink.answer({ kind: 'status', status: 503, retryAfterS: 1 });   // from now on
 *   sink.answer((request) => …);                                    // by request
 *   sink.answerNext({ kind: 'reset' }, { kind: 'ok' });             // once each, then the standing answer
 *   await sink.arrived(2);
 *   expect(sink.tally).toMatchObject({ requests: 1, items: { logs: 3 } });
 */
export interface OtlpSink {
  /** `http://127.0.0.1:port`, without path. */
  readonly httpUrl: string;
  readonly grpcUrl: string;
  /** Everything that arrived, with the answer it got. Empty with `keep: 'tally'`. */
  readonly requests: readonly (SinkRequest & { readonly answer: SinkAnswer })[];
  /** What was taken. An unreadable body is answered 400 and not counted. */
  readonly tally: SinkTally;
  /** Requests that arrived, whatever became of them. */
  readonly arrivals: number;
  /** Connections opened so far, both ports. */
  readonly connections: number;
  answer(rule: AnswerRule): void;
  answerNext(...rules: AnswerRule[]): void;
  /** Resolves once that many requests have arrived, counted from the start. */
  arrived(count: number): Promise<void>;
  /** Breaks all connections and frees the ports. */
  close(): Promise<void>;
}

export async function startOtlpSink(options: OtlpSinkOptions = {}): Promise<OtlpSink> {
  const { keep = 'requests', httpPort = 0, grpcPort = 0, tls } = options;
  const log = new SinkLog(keep === 'requests');
  const http = createHttpSink(log, tls);
  const grpc = createGrpcSink(log, tls);
  const sessions = new Set<ServerHttp2Session>();
  let connections = 0;
  for (const server of [http, grpc]) server.on('connection', () => connections++);
  grpc.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  const scheme = tls === undefined ? 'http' : 'https';
  const httpUrl = `${scheme}://127.0.0.1:${await listen(http, httpPort)}`;
  const grpcUrl = `${scheme}://127.0.0.1:${await listen(grpc, grpcPort)}`;
  return {
    httpUrl,
    grpcUrl,
    get requests() {
      return log.requests;
    },
    get tally() {
      return log.tally;
    },
    get arrivals() {
      return log.arrivals;
    },
    get connections() {
      return connections;
    },
    answer(rule) {
      log.rule = rule;
    },
    answerNext(...rules) {
      log.next.push(...rules);
    },
    arrived: (count) => log.arrived(count),
    async close() {
      http.closeAllConnections();
      for (const session of sessions) session.destroy();
      await Promise.all([closed(http), closed(grpc)]);
    },
  };
}

function listen(server: Server | Http2Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(isAddress(address) ? address.port : 0);
    });
  });
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function closed(server: Server | Http2Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
