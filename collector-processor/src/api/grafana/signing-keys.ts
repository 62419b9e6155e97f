import { createPublicKey, type KeyObject } from 'node:crypto';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Clock } from '../../runtime/clock.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import { readCapped } from '../../runtime/read-capped.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { GrafanaOptions } from './grafana-options.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface SigningKeysParts {
  readonly options: GrafanaOptions;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Grafana keeps a key a month; more than a few are not Grafana's. */
const MAX_KEYS = 16;
const MAX_BYTES = 65_536;

const keySet = Compile(Type.Object({ keys: Type.Array(Type.Unknown()) }));
const publicKey = Compile(
  Type.Object({
    kid: Type.String(),
    kty: Type.Literal('EC'),
    crv: Type.Literal('P-256'),
    x: Type.String(),
    y: Type.String(),
  }),
);

/**
 * The keys that Grafana signs id tokens with, by id, read from `/api/signing-keys/keys` (RFC 7517) when first needed. A key that
 * is not known, or that was read longer ago than `keyMaxAge`, makes them be read again, but not more often than every
 * `keyRetry`: unknown ids are for free to whoever sends them. While Grafana cannot be reached, known keys stay good.
 */
export function createSigningKeys({ options, fetch, clock, logger, metrics }: SigningKeysParts) {
  const { url, keyMaxAge, keyRetry, timeout } = options;
  const address = `${url.replace(/\/+$/, '')}/api/signing-keys/keys`;
  const name = 'sentinel_api_signing_key_reads_total';
  const help = 'Readings of the keys that Grafana signs id tokens with.';
  const good = metrics.counter({ name, help, labels: { outcome: 'read' } });
  const bad = metrics.counter({ name, help, labels: { outcome: 'failed' } });
  let keys: ReadonlyMap<string, KeyObject> = new Map();
  let readAtMs = -Infinity;
  let triedAtMs = -Infinity;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      const init = { redirect: 'error', signal: AbortSignal.timeout(timeout) } as const;
      const response = await fetch(address, { ...init, headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(`it answered ${String(response.status)}`);
      const text = await readCapped(response, MAX_BYTES);
      if (text === undefined) throw new Error(`the answer is longer than ${String(MAX_BYTES)} bytes`);
      keys = keysOf(text);
      readAtMs = clock.monotonicMs();
      good.add(1);
    } catch (error) {
      bad.add(1);
      logger.warn({ address, error: messageOf(error) }, 'The signing keys of Grafana could not be read.');
    } finally {
      reading = undefined;
    }
  }

  return async (kid: string): Promise<KeyObject | undefined> => {
    const nowMs = clock.monotonicMs();
    const isKnown = keys.has(kid);
    const isDue = !isKnown || nowMs - readAtMs >= keyMaxAge;
    if (isDue && reading === undefined && nowMs - triedAtMs >= keyRetry) {
      triedAtMs = nowMs;
      reading = read();
    }
    // Nobody waits for a key that is known.
    if (!isKnown) await reading;
    return keys.get(kid);
  };
}

function keysOf(text: string): ReadonlyMap<string, KeyObject> {
  const set: unknown = JSON.parse(text);
  if (!keySet.Check(set)) throw new Error('the answer is no set of keys');
  const fitting = set.keys.filter((key) => publicKey.Check(key)).slice(0, MAX_KEYS);
  return new Map(fitting.map(({ kid, kty, crv, x, y }) => [kid, keyOf({ kty, crv, x, y })]));
}

function keyOf(key: { kty: string; crv: string; x: string; y: string }): KeyObject {
  return createPublicKey({ key, format: 'jwk' });
}
