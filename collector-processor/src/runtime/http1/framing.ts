import { type HeaderFields } from '../http-headers.ts';

/** How the end of a body is found (RFC 9112 §6). */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  /** With the connection; only answers may. */
  | { readonly kind: 'close' };

const noBody: Framing = { kind: 'length', bytes: 0 };

/**
 * What the headers say; `fallback` when they say nothing. `undefined` for all that two programs could read in two ways:
 * both headers at once, a length that is no plain number or stands there twice, any other coding than `chunked`.
 */
export function framingOf(headers: HeaderFields, fallback: Framing = noBody): Framing | undefined {
  const length = headers['content-length'];
  const coding = headers['transfer-encoding'];
  if (coding !== undefined) {
    return length === undefined && coding.toLowerCase() === 'chunked' ? { kind: 'chunked' } : undefined;
  }
  if (length === undefined) return fallback;
  return /^\d{1,15}$/.test(length) ? { kind: 'length', bytes: Number(length) } : undefined;
}

/** Whether `Connection` names the option. */
export function connectionSays({ connection }: HeaderFields, option: string): boolean {
  if (connection === undefined) return false;
  return connection.split(',').some((one) => one.trim().toLowerCase() === option);
}
