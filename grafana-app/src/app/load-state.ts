import type { ApiError } from '../api/api-error';

/** What a page knows of its data. Every page renders every kind. */
export type LoadState<Data> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly atMs: number }
  | {
      readonly kind: 'ready';
      readonly data: Data;
      /** What was asked for; data of another question may be shown while the answer is on its way. */
      readonly key: string;
      /** Time of the last good answer. */
      readonly atMs: number;
      /** No good answer for 30 s; the data are those of `atMs`. */
      readonly stale: boolean;
      readonly lastError?: ApiError;
    };

/** Data count as stale when there was no good answer for this long. */
export const STALE_AFTER_MS = 30_000;

/** The next state after an answer. */
export function answered<Data>(data: Data, key: string, nowMs: number): LoadState<Data> {
  return { kind: 'ready', data, key, atMs: nowMs, stale: false };
}

interface Failure {
  readonly error: ApiError;
  readonly key: string;
  readonly nowMs: number;
}

/** The next state after a failure: data that answer the same question stay, and grow stale. */
export function failed<Data>(before: LoadState<Data>, { error, key, nowMs }: Failure): LoadState<Data> {
  if (before.kind !== 'ready' || before.key !== key || error.kind === 'forbidden') {
    return { kind: 'failed', error, atMs: nowMs };
  }
  return { ...before, stale: nowMs - before.atMs >= STALE_AFTER_MS, lastError: error };
}

/** The next state when time passes without any answer. */
export function aged<Data>(before: LoadState<Data>, nowMs: number): LoadState<Data> {
  return before.kind === 'ready' && !before.stale && nowMs - before.atMs >= STALE_AFTER_MS
    ? { ...before, stale: true }
    : before;
}
