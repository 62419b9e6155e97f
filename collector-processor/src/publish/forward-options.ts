import type { Compression, Encoding } from '../model/export-request.ts';
import type { Signal } from '../model/signal.ts';
import type { TlsFiles } from '../runtime/tls.ts';

/** Resolved settings of `forward`: durations in milliseconds, sizes in bytes. */
export interface ForwardOptions {
  /** By name: `<type>` or `<type>/<name>`. */
  readonly backends: Readonly<Record<string, BackendOptions>>;
  readonly rememberDelivered: RememberOptions;
  readonly writeAheadLog: WriteAheadLogOptions;
  readonly deadLetters: DeadLettersOptions;
  /** How long `stop` waits for requests that are on their way. */
  readonly drainTimeout: number;
}

export interface WriteAheadLogOptions {
  /** `on_trouble`: when a backend fails or is slower than `slowAfter`. `off`: nothing is added; what is there is drained. */
  readonly mode: 'on_trouble' | 'always' | 'off';
  /** Empty: no log, unless whoever joins the stages knows a folder. */
  readonly path: string;
  readonly slowAfter: number;
  readonly maxSize: number;
  readonly segmentSize: number;
  readonly maxSetAside: number;
  readonly replayShare: number;
  readonly replayWindow: number;
  readonly maxLoneFailures: number;
  /** Milliseconds that the log keeps what it holds for a backend which is not configured any more. */
  readonly keepForRemoved: number;
}

export interface DeadLettersOptions {
  readonly maxSize: number;
  readonly maxLetters: number;
  readonly maxAge: number;
  readonly whenFull: 'wait' | 'drop_oldest';
}

/**
 * After a request went to some of its backends only, its repeat is sent to the others alone. Payload hashes are kept
 * that long, and no more than that many.
 */
export interface RememberOptions {
  readonly enabled: boolean;
  readonly for: number;
  readonly maxRequests: number;
}

export interface BackendOptions {
  readonly enabled: boolean;
  /** Address with scheme; a path in it goes before the type's own. */
  readonly endpoint: string;
  readonly protocol: 'default' | 'http' | 'grpc';
  /** Empty: all that the type takes. */
  readonly signals: readonly Signal[];
  /** Whole paths that replace the type's own; empty ones do not. */
  readonly paths: Readonly<Record<Signal, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: BackendAuth;
  readonly tls: BackendTls;
  /** Empty: all that the type takes. Protobuf and identity are always taken. */
  readonly encodings: readonly Encoding[];
  readonly compressions: readonly Compression[];
  /** Of one attempt, from the first byte sent to the last byte received. */
  readonly timeout: number;
  readonly connectTimeout: number;
  /** Idle connections are closed after that. */
  readonly keepAlive: number;
  readonly maxInFlight: number;
  readonly maxBatchSize: number;
  readonly queue: QueueOptions;
  readonly retry: RetryOptions;
  readonly breaker: BreakerOptions;
}

interface BackendAuth {
  readonly username: string;
  readonly password: string;
  readonly bearerToken: string;
}

interface BackendTls extends TlsFiles {
  /** Name the certificate must bear, when it is not the host of the endpoint. */
  readonly serverName: string;
  readonly insecureSkipVerify: boolean;
}

/** Everything a backend holds: under way, waiting for a place, waiting for the next attempt. */
export interface QueueOptions {
  readonly maxSize: number;
  readonly maxRequests: number;
}

export interface RetryOptions {
  readonly initialInterval: number;
  readonly maxInterval: number;
  /** No attempt begins later than that after the request arrived. */
  readonly maxElapsed: number;
}

/** Opens after `consecutiveFailures` in a row, or when `failureRatio` of at least `minRequests` in `window` failed. */
export interface BreakerOptions {
  readonly consecutiveFailures: number;
  readonly failureRatio: number;
  readonly minRequests: number;
  readonly window: number;
  /** Then one request is let through as a probe. */
  readonly openFor: number;
}
