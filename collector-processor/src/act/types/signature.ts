import { createHmac, randomUUID } from 'node:crypto';

/**
 * Headers that prove where a body comes from and when: HMAC-SHA256 over `timestamp.nonce.body`, hex, under each of the keys,
 * so that a receiver accepts either while they are changed. Timestamp in seconds since the epoch; a receiver refuses an old one,
 * and a nonce that it has seen.
 */
export function signatureHeaders(
  body: string,
  keys: readonly string[],
  { nowMs, nonce = randomUUID() }: { readonly nowMs: number; readonly nonce?: string },
): Readonly<Record<string, string>> {
  if (keys.length === 0) return {};
  const timestamp = String(Math.floor(nowMs / 1000));
  const sign = (key: string): string =>
    `v1=${createHmac('sha256', key).update(`${timestamp}.${nonce}.${body}`).digest('hex')}`;
  return {
    'x-sentinel-timestamp': timestamp,
    'x-sentinel-nonce': nonce,
    'x-sentinel-signature': keys.map(sign).join(','),
  };
}
