import type { ApiError } from '../api/api-error';

/** What a page knows of its data. Every page renders every kind. */
export type LoadState<Data> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly atMs: number }
  | {
      readonly kind: 'ready';
      readonly data: Data;
      readonly atMs: number;
      /** The last answers failed; the data are those of `atMs`. */
      readonly stale: boolean;
      readonly lastError?: ApiError;
    };

/** Data count as stale when there was no good answer for this long. */
export const STALE_AFTER_MS = 30_000;

/** The next state after an answer. */
export function answered<Data>(data: Data, nowMs: number): LoadState<Data> {
  return { kind: 'ready', data, atMs: nowMs, stale: false };
}

/** The next state after a failure: data that are there stay, and grow stale. */
export function failed<Data>(before: LoadState<Data>, error: ApiError, nowMs: number): LoadState<Data> {
  if (before.kind !== 'ready' || error.kind === 'forbidden') {
    return { kind: 'failed', error, atMs: nowMs };
  }
  return { ...before, stale: nowMs - before.atMs >= STALE_AFTER_MS, lastError: error };
}
