import { type Signal } from '../../model/signal.ts';

/** To a reading thread: one body, which it has for itself. */
export interface ReadRequest {
  readonly signal: Signal;
  readonly encoding: 'protobuf' | 'json';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * What a body holds, in one piece of memory: the columns in the order of their table, each from a multiple of eight on and
 * as long as `lengths` says; then the texts of symbols that this thread had not told of before; then the messages of the
 * resources. Symbols are numbers of this thread, and hold within one `generation`.
 */
export interface ReadBody {
  readonly signal: Signal;
  readonly count: number;
  readonly skipped: number;
  readonly skippedDetails: number;
  /** Strings that found no room among this thread's symbols. */
  readonly overflowed: number;
  readonly memory: ArrayBuffer;
  readonly lengths: readonly number[];
  readonly symbols: { readonly generation: number; readonly start: number; readonly ends: Int32Array };
  readonly resources: { readonly start: number; readonly ends: readonly number[] };
  /** The bytes that all of it was read from, where the receiver does not have them. */
  readonly payload: { readonly start: number; readonly length: number };
}

/** From a reading thread: `started` once, then for JSON first what it was turned into, and in the end one of the last two. */
export type ReadReply =
  | { readonly kind: 'started' }
  | { readonly kind: 'transcoded'; readonly bytes: Uint8Array }
  | { readonly kind: 'read'; readonly body: ReadBody }
  | { readonly kind: 'malformed'; readonly reason: string; readonly tooLarge?: true; readonly offset?: number };
