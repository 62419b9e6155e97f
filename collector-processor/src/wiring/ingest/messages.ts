import type { AddressInfo } from 'node:net';
import type { Settings } from '../../config/schema.ts';
import type { ReadBody } from '../../decode/reading/messages.ts';
import type { Signal } from '../../model/signal.ts';
import type { BackendState } from '../../publish/backends/backend.ts';
import type { Fate, LoggedRequest, RequestLog } from '../../publish/wal/request-log.ts';
import type { MetricFamily } from '../../runtime/self-metrics.ts';

/** What an ingest thread is made with. */
export interface IngestStart {
  readonly settings: Settings;
  /** Of how many it is one: budgets are divided by it. */
  readonly threads: number;
  /** One number: KiB of bodies that the main thread is done with, of all that this thread has told it. */
  readonly done: Int32Array<SharedArrayBuffer>;
  /** One number: what the next message that has an order draws, whichever thread it comes from. */
  readonly numbers: Int32Array<SharedArrayBuffer>;
  /** Bytes in use by each thread, and bytes that requests hold; the main thread first (see SharedNumber). */
  readonly used: SharedArrayBuffer;
  readonly inFlight: SharedArrayBuffer;
  /** Which of these numbers is its own. */
  readonly place: number;
  /** Whether the main thread has a write-ahead log. */
  readonly hasLog: boolean;
}

/** For the write-ahead log; `id` is the thread's own name for the request. */
export type ToLog =
  | {
      readonly kind: 'keep';
      readonly id: number;
      readonly request: LoggedRequest;
      readonly owed: Parameters<RequestLog['keep']>[1];
    }
  | { readonly kind: 'land'; readonly id: number; readonly backend: string; readonly fate: Fate };

/** What became of a `keep`. */
export interface FromLog {
  readonly kind: 'logged';
  readonly id: number;
  readonly outcome: Awaited<ReturnType<RequestLog['keep']>['kept']>;
}

export interface Addresses {
  readonly grpc?: AddressInfo;
  readonly http?: AddressInfo;
}

export type ToIngest = { readonly kind: 'apply'; readonly settings: Settings } | { readonly kind: 'stop' } | FromLog;

/** What identifies a request that comes again. */
export interface TravellingRequest {
  readonly signal: Signal;
  readonly tenant: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type FromIngest =
  | { readonly kind: 'log'; readonly message: ToLog }
  | { readonly kind: 'started'; readonly addresses: Addresses }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** `problem`: the old settings stay in force. */
  | { readonly kind: 'applied'; readonly addresses: Addresses; readonly problem?: string }
  | { readonly kind: 'stopped' }
  /** Every second: it is alive, and this is how it is. */
  | { readonly kind: 'status'; readonly status: IngestStatus }
  /** Columns, with the payload that they refer to. */
  | { readonly kind: 'body'; readonly number: number; readonly request: TravellingRequest; readonly body: ReadBody }
  /** That request did not get through: it will come again, and is not to be scored then. */
  | {
      readonly kind: 'unsettled';
      readonly number: number;
      readonly request: TravellingRequest;
      readonly payload: Uint8Array;
    }
  /** The main thread has not kept up, so these were left out. */
  | { readonly kind: 'left_out'; readonly signal: Signal; readonly items: number };

export interface IngestStatus {
  readonly families: readonly MetricFamily[];
  readonly backends: readonly BackendState[];
  readonly lastReceivedMs: number;
}
