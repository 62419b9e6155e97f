import type { Compression, Encoding, PartialSuccess } from '../model/export-request.ts';
import type { Signal } from '../model/signal.ts';

/** What one backend is sent: one received body, or several joined (`parts` are written one after the other). */
export interface OutgoingRequest {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly compression: Compression;
  readonly parts: readonly Uint8Array[];
  readonly byteLength: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the backend made of it. `retry` covers everything the OTLP specification calls retryable, and a lost connection. */
export type SendOutcome =
  | { readonly kind: 'delivered'; readonly partial?: PartialSuccess }
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly status: number };

/** Carries requests to one backend. Wrapped by retrying, breaking and batching ones with the same two methods. */
export interface Transport {
  send(request: OutgoingRequest, abort: AbortSignal): Promise<SendOutcome>;
  close(): Promise<void>;
}
