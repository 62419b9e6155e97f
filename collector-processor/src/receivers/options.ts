import { type ServerSessionOptions } from '../runtime/http2/session-handler.ts';

/** PEM files; empty = not used. */
export interface ReceiverTlsOptions {
  readonly certFile: string;
  readonly keyFile: string;
  readonly clientCaFile: string;
}

export interface CorsOptions {
  readonly allowedOrigins: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly maxAge: number;
}

export interface GrpcReceiverOptions extends ServerSessionOptions {
  readonly enabled: boolean;
  readonly endpoint: string;
  readonly tls: ReceiverTlsOptions;
  readonly pingInterval: number;
  readonly pingTimeout: number;
}

export interface HttpReceiverOptions {
  readonly enabled: boolean;
  readonly endpoint: string;
  readonly tls: ReceiverTlsOptions;
  readonly cors: CorsOptions;
  readonly maxHeaderSize: number;
}

/** What the section `receivers.otlp` of the configuration resolves to: sizes in bytes, times in milliseconds. */
export interface OtlpReceiverOptions {
  readonly grpc: GrpcReceiverOptions;
  readonly http: HttpReceiverOptions;
  readonly auth: { readonly bearerTokens: readonly string[] };
  readonly tenantHeaders: readonly string[];
  readonly maxRequestSize: number;
  readonly maxJsonSize: number;
  readonly maxInFlight: number;
  readonly maxInFlightPerConnection: number;
  readonly maxMemory: number;
  readonly spareMemory: number;
  readonly maxConnections: number;
  readonly headerTimeout: number;
  readonly receiveTimeout: number;
  readonly idleTimeout: number;
  readonly retryAfter: number;
  readonly drainTimeout: number;
}
