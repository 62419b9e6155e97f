import { hash } from 'node:crypto';
import { addDigests } from '../../src/testing/otlp-sink.ts';

/** What makes an item itself, as one line of text: the same for an item that was meant to be sent and one that arrived. */
export type Fingerprint = string;

/** Number of items and the sum of their hashes: the order does not matter, a lost, doubled or changed item does. */
export interface Content {
  readonly items: number;
  readonly digest: bigint;
}

export const nothing: Content = { items: 0, digest: 0n };

export function contentOf(fingerprints: readonly Fingerprint[]): Content {
  return fingerprints.reduce(
    ({ items, digest }, fingerprint) => ({
      items: items + 1,
      digest: addDigests(digest, BigInt(`0x${hash('sha1', fingerprint).slice(0, 16)}`)),
    }),
    nothing,
  );
}

export function shortDigest({ digest }: Content): string {
  return digest.toString(16).padStart(16, '0').slice(0, 8);
}
