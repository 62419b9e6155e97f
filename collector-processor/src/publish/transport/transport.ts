import type { Compression, Encoding, PartialSuccess } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';

/** What one backend is sent: one received body, or several joined (`parts` are written one after the other). */
export interface OutgoingRequest {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly compression: Compression;
  readonly parts: readonly Uint8Array[];
  readonly byteLength: number;
  /** Of the sender's tenant; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What the backend made of it. `retry` covers everything the OTLP specification calls retryable, and a lost connection;
 * `throttled` then tells a backend that works and asks for less from one that fails. `status` of a refusal is HTTP's,
 * also over gRPC, where it is the one that the specification pairs with the code.
 */
export type SendOutcome =
  | {
      readonly kind: 'delivered';
      readonly partial?: PartialSuccess;
      /** The answer came before the last byte had left: the memory of the parts is still being read. */
      readonly unflushed?: boolean;
    }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly throttled: boolean;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly status: number };

/** Carries requests to one backend: one call of `send` is one attempt, whose first bytes leave before it returns. */
export interface Transport {
  send(request: OutgoingRequest): Promise<SendOutcome>;
  /** Breaks what is under way; those sends end with `retry`. */
  close(): Promise<void>;
}

/** Where a transport connects to, and how. Durations in milliseconds. */
export interface ConnectionOptions {
  readonly endpoint: URL;
  readonly timeout: number;
  readonly connectTimeout: number;
  readonly keepAlive: number;
  readonly maxConnections: number;
  readonly tls: ClientTls;
  /** On every request; lower-case names. They replace headers of the request of the same name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Named as node:tls names its options; empty for public authorities and no client certificate. */
export interface ClientTls {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** A backend cannot make Sentinel keep more than this of one answer. */
export const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
