import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Compression, Encoding, Wire } from '../../src/model/export-request.ts';
import { encodePlain } from '../../src/model/otlp/encode.ts';
import type { Signal } from '../../src/model/signal.ts';
import { createGrpcTransport } from '../../src/publish/transport/grpc-transport.ts';
import { createHttpTransport } from '../../src/publish/transport/http-transport.ts';
import type { SendOutcome } from '../../src/publish/transport/transport.ts';
import { systemClock } from '../../src/runtime/clock.ts';

/** One way in which a sender may put a request on the wire. */
export interface WireForm {
  /** For example `http_json_gzip`; names the case and marks its items. */
  readonly name: string;
  readonly wire: Wire;
  readonly encoding: Encoding;
  readonly compression: Compression;
}

const compressions: readonly Compression[] = ['identity', 'gzip', 'zstd'];
const encodings: readonly (readonly [Wire, Encoding])[] = [
  ['grpc', 'protobuf'],
  ['http', 'protobuf'],
  ['http', 'json'],
];

export const wireForms: readonly WireForm[] = encodings.flatMap(([wire, encoding]) =>
  compressions.map((compression) => ({ name: `${wire}_${encoding}_${compression}`, wire, encoding, compression })),
);

const requestMessage = {
  traces: 'ExportTraceServiceRequest',
  metrics: 'ExportMetricsServiceRequest',
  logs: 'ExportLogsServiceRequest',
} as const;
const compress = { identity: (bytes: Uint8Array) => bytes, gzip: gzipSync, zstd: zstdCompressSync } as const;

export interface Sender {
  /** An export request in OTLP/JSON's words. */
  send(signal: Signal, message: unknown, form: WireForm): Promise<SendOutcome>;
  sendBytes(signal: Signal, bytes: Uint8Array, form: WireForm): Promise<SendOutcome>;
  close(): Promise<void>;
}

export function protobufOf(signal: Signal, message: unknown): Uint8Array {
  const encoded = encodePlain(requestMessage[signal], message);
  if (encoded.kind === 'malformed') throw new TypeError(encoded.reason);
  return encoded.bytes;
}

const PATIENCE_MS = 60_000;

/** A client of Sentinel's receivers that repeats what it is told to repeat, as OTLP clients do. */
export function createSender({ httpPort, grpcPort }: { httpPort: number; grpcPort: number }): Sender {
  const limits = { timeout: 20_000, connectTimeout: 5000, keepAlive: 5000, maxConnections: 8, tls: {}, headers: {} };
  const paths = { traces: '/v1/traces', metrics: '/v1/metrics', logs: '/v1/logs' };
  const connection = { ...limits, endpoint: new URL(`http://127.0.0.1:${httpPort}`) };
  const http = createHttpTransport({ connection, paths, serverErrorsPass: false, clock: systemClock });
  const grpc = createGrpcTransport({ ...limits, endpoint: new URL(`http://127.0.0.1:${grpcPort}`) });

  async function sendBytes(
    signal: Signal,
    bytes: Uint8Array,
    { wire, encoding, compression }: WireForm,
  ): Promise<SendOutcome> {
    const body = compress[compression](bytes);
    const transport = wire === 'grpc' ? grpc : http;
    const request = { signal, encoding, compression, parts: [body], byteLength: body.length, headers: {} };
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const outcome = await transport.send(request);
      if (outcome.kind !== 'retry' || performance.now() > deadline) return outcome;
      await new Promise((resolve) => setTimeout(resolve, outcome.retryAfterMs ?? 500));
    }
  }

  return {
    sendBytes,
    send(signal, message, form) {
      const bytes = form.encoding === 'json' ? Buffer.from(JSON.stringify(message)) : protobufOf(signal, message);
      return sendBytes(signal, bytes, form);
    },
    async close() {
      await http.close();
      await grpc.close();
    },
  };
}
