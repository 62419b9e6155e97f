import type { ExportOutcome, ExportRequest } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import type { Clock } from '../../runtime/clock.ts';
import { SentinelError } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { loadTlsFiles } from '../../runtime/tls.ts';
import { BackendBooks, type ForwardingStage } from '../delivery/backend-books.ts';
import { Breaker, type BreakerState } from '../delivery/breaker.ts';
import { DeliveryQueue } from '../delivery/delivery-queue.ts';
import type { BackendOptions } from '../forward-options.ts';
import { createGrpcTransport } from '../transport/grpc-transport.ts';
import { createHttpTransport } from '../transport/http-transport.ts';
import type { ClientTls, ConnectionOptions, Transport } from '../transport/transport.ts';
import { type BackendType, type Protocol } from './backend-type.ts';
import { backendTypeNames, backendTypeOf } from './backend-types.ts';
import { parseEndpoint, pathsBelow } from './endpoint.ts';
import { wireForm } from './wire-form.ts';

/** What the API shows of one backend. */
export interface BackendState {
  readonly name: string;
  readonly type: string;
  readonly signals: readonly Signal[];
  readonly breaker: BreakerState;
  readonly inFlight: number;
  /** Held in memory: under way, waiting, between attempts. */
  readonly queuedRequests: number;
  readonly queuedBytes: number;
  readonly delivered: number;
  readonly retried: number;
  readonly refused: number;
  readonly lastSuccessMs?: number;
  readonly lastError?: { readonly message: string; readonly atMs: number };
}

export interface Backend {
  readonly name: string;
  takes(signal: Signal): boolean;
  /** The first attempt begins before this returns, if a place is free. Never rejects. */
  forward(request: ExportRequest, protobuf: Uint8Array): Promise<ExportOutcome>;
  /** The backend took this payload before: it is accepted without being sent. */
  skipRepeat(): void;
  state(): BackendState;
  drain(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface BackendParts {
  readonly stage: ForwardingStage;
  /** `<type>` or `<type>/<name>`. */
  readonly name: string;
  readonly options: BackendOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly random: () => number;
}

/** Throws SENTINEL_CONFIG_INVALID and SENTINEL_TLS_INVALID. */
export function createBackend(parts: BackendParts): Backend {
  const { name, options, clock, random } = parts;
  const type = backendTypeOf(name);
  if (type === undefined) throw invalid(name, `there is no such type; the types are ${backendTypeNames.join(', ')}`);
  const protocol = protocolOf(name, type, options);
  const signals = signalsOf(name, type, options);
  const accepted = acceptedBy(type, protocol, options);
  const transport = createTransport({ name, type, protocol, options, clock });
  const books = new BackendBooks(parts);
  const breaker = new Breaker(options.breaker, (state) => books.breakerChanged(state));
  const queue = new DeliveryQueue({
    options,
    transport,
    breaker,
    books,
    clock,
    random,
    isEmptyRefusal: type.isEmptyRefusal,
  });
  books.observe({
    breaker: () => breaker.state,
    inFlight: () => queue.inFlight,
    held: () => queue.heldRequests,
    bytes: () => queue.heldBytes,
  });

  return {
    name,
    takes: (signal) => signals.includes(signal),
    forward(request, protobuf) {
      const { reencoded, ...form } = wireForm(request, protobuf, accepted);
      if (reencoded !== undefined) books.reencoded(reencoded);
      const { signal, headers, abandoned } = request;
      const arrivedMs = clock.monotonicMs();
      return new Promise((settle) => {
        queue.ship({ ...form, signal, protobuf, headers, arrivedMs, abandoned, settle, failedAttempts: 0 });
      });
    },
    skipRepeat: () => books.skippedRepeats.add(1),
    state: () => ({
      name,
      type: type.type,
      signals,
      breaker: breaker.state,
      inFlight: queue.inFlight,
      queuedRequests: queue.heldRequests,
      queuedBytes: queue.heldBytes,
      ...books.summary(),
    }),
    drain: (limitMs) => queue.drain(limitMs),
    close: () => transport.close(),
  };
}

function protocolOf(name: string, { protocols }: BackendType, { protocol }: BackendOptions): Protocol {
  if (protocol === 'default') return protocols[0] ?? 'http';
  if (!protocols.includes(protocol)) throw invalid(name, `protocol ${protocol} is not one of ${protocols.join(', ')}`);
  return protocol;
}

function signalsOf(name: string, type: BackendType, options: BackendOptions): readonly Signal[] {
  const foreign = options.signals.find((signal) => !type.signals.includes(signal));
  if (foreign !== undefined) throw invalid(name, `it takes ${type.signals.join(', ')}, not ${foreign}`);
  return options.signals.length === 0 ? type.signals : options.signals;
}

function acceptedBy(type: BackendType, protocol: Protocol, { encodings, compressions }: BackendOptions) {
  const takesJson = protocol === 'http' && (encodings.length === 0 ? type.encodings : encodings).includes('json');
  return {
    encodings: new Set(takesJson ? (['protobuf', 'json'] as const) : (['protobuf'] as const)),
    compressions: new Set(compressions.length === 0 ? type.compressions : compressions),
  };
}

interface TransportParts {
  readonly name: string;
  readonly type: BackendType;
  readonly protocol: Protocol;
  readonly options: BackendOptions;
  readonly clock: Clock;
}

function createTransport({ name, type, protocol, options, clock }: TransportParts): Transport {
  const endpoint = parseEndpoint(options.endpoint);
  if (endpoint === undefined) throw invalid(name, 'endpoint is no address such as http://localhost:4318');
  const connection: ConnectionOptions = {
    endpoint,
    timeout: options.timeout,
    connectTimeout: options.connectTimeout,
    keepAlive: options.keepAlive,
    maxConnections: options.maxInFlight,
    tls: clientTls(name, options),
    headers: fixedHeaders(endpoint, options),
  };
  if (protocol === 'grpc') return createGrpcTransport(connection);
  const paths = pathsBelow(endpoint, type.paths, options.paths);
  return createHttpTransport({ connection, paths, serverErrorsPass: type.serverErrorsPass, clock });
}

function clientTls(name: string, { tls }: BackendOptions): ClientTls {
  const material = loadTlsFiles(tls, `the tls of backend ${name}`);
  return {
    ...material,
    ...(tls.serverName === '' ? {} : { servername: tls.serverName }),
    ...(tls.insecureSkipVerify ? { rejectUnauthorized: false } : {}),
  };
}

/** Static headers and credentials, names in lower case. Credentials in the endpoint's address count when none are set. */
function fixedHeaders(endpoint: URL, { headers, auth }: BackendOptions): Readonly<Record<string, string>> {
  const fixed = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]));
  if (auth.bearerToken !== '') return { ...fixed, authorization: `Bearer ${auth.bearerToken}` };
  const username = auth.username || decodeURIComponent(endpoint.username);
  const password = auth.password || decodeURIComponent(endpoint.password);
  if (username === '') return fixed;
  return { ...fixed, authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

function invalid(name: string, reason: string): SentinelError {
  return new SentinelError('SENTINEL_CONFIG_INVALID', `Backend ${name}: ${reason}.`);
}
