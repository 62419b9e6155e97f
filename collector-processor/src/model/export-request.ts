import type { Signal } from './signal.ts';

export type Encoding = 'protobuf' | 'json';
export type Compression = 'identity' | 'gzip' | 'zstd';
export type Wire = 'grpc' | 'http';

/**
 * One OTLP export request as it arrived. `body` holds the bytes as received and is what sinks forward; `payload` holds
 * the same bytes inflated (the same array when nothing was compressed) and is what the decoder reads. Both are owned by
 * the request until its outcome is known (longer when `keep` was called) and until then never written to.
 */
export interface ExportRequest {
  readonly signal: Signal;
  readonly wire: Wire;
  readonly encoding: Encoding;
  readonly compression: Compression;
  readonly body: Uint8Array;
  readonly payload: Uint8Array;
  /** Allow-listed request headers, lower-case names; forwarded to every backend. Requests are joined only when equal. */
  readonly headers: Readonly<Record<string, string>>;
  /** Value of the first allow-listed header that is present, otherwise the empty string. */
  readonly tenant: string;
  /** Wall clock, milliseconds since the epoch. */
  readonly receivedAtMs: number;
  readonly abandoned?: Abandoned;
  /** Accounts for bytes that are made of this request and kept as long as it; false: there is no room for them now. */
  readonly claim?: (bytes: number) => boolean;
  /** To be called before the outcome is told by whoever still reads `body` or `payload` after it; otherwise other requests get their memory. */
  readonly keep?: () => void;
}

/** Whether the sender's deadline passed or it went away; the outcome then reaches nobody. To be asked, also later. */
export interface Abandoned {
  readonly aborted: boolean;
}

/** What the sender is told. Only `accepted` promises that the telemetry is safe. */
export type ExportOutcome =
  | { readonly kind: 'accepted'; readonly partial?: PartialSuccess }
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly cause: RefusalCause };

/**
 * `malformed` = 400 / INVALID_ARGUMENT, `too_large` = 413 / RESOURCE_EXHAUSTED, `unauthenticated` = 401, `forbidden` = 403,
 * `backend_failed` = 502 / UNAVAILABLE: nobody found fault with the telemetry, so its sender should keep it.
 */
export type RefusalCause =
  'malformed' | 'too_large' | 'unauthenticated' | 'forbidden' | 'unsupported' | 'backend_failed';

/** OTLP partial success: rejected items (0 with a message is a warning). */
export interface PartialSuccess {
  readonly rejectedItems: number;
  readonly message: string;
  /** Several requests were sent together and items of some were rejected: of which, nobody knows. */
  readonly ofSeveral?: boolean;
}

export type ExportHandler = (request: ExportRequest) => Promise<ExportOutcome>;
