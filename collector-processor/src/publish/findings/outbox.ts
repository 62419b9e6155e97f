import type { Signal } from '../../model/signal.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';

interface OutboxParts<Item> {
  readonly signal: Signal;
  readonly maxWaiting: number;
  readonly maxPerRequest: number;
  readonly encode: (items: readonly Item[]) => Uint8Array;
  /** False: at least one backend will not get it. */
  readonly send: (tenant: string, protobuf: Uint8Array) => boolean;
  readonly metrics: SelfMetrics;
}

/** What waits for the next flush, tenant by tenant. */
export interface Outbox<Item> {
  add(tenant: string, item: Item): void;
  /** Encodes and sends one request. False when nothing waits any more. */
  sendNext(): boolean;
}

/** Bounded: at the limit new items are dropped and counted. Delivery, with its retries, is the sender's. */
export function createOutbox<Item>(parts: OutboxParts<Item>): Outbox<Item> {
  const byTenant = new Map<string, Item[]>();
  const labels = { signal: parts.signal };
  const sent = parts.metrics.counter({
    name: 'sentinel_published_items_total',
    help: 'Score points, records and spans of findings handed to the sender.',
    labels,
  });
  const dropped = (reason: string) =>
    parts.metrics.counter({
      name: 'sentinel_published_items_dropped_total',
      help: 'Score points, records and spans of findings that were dropped.',
      labels: { ...labels, reason },
    });
  const full = dropped('waiting');
  const refused = dropped('sender_full');
  const malformed = dropped('malformed');
  let waiting = 0;

  function outcomeOf(tenant: string, batch: readonly Item[]): Counter {
    const protobuf = encoded(batch);
    if (protobuf === undefined) return malformed;
    return parts.send(tenant, protobuf) ? sent : refused;
  }

  function encoded(batch: readonly Item[]): Uint8Array | undefined {
    try {
      return parts.encode(batch);
    } catch {
      // A value that no field takes. The batch is lost and counted; the rest goes on.
      return undefined;
    }
  }

  return {
    add(tenant, item) {
      if (waiting >= parts.maxWaiting) {
        full.add(1);
        return;
      }
      const items = byTenant.get(tenant);
      if (items === undefined) byTenant.set(tenant, [item]);
      else items.push(item);
      waiting += 1;
    },
    sendNext() {
      const [first] = byTenant;
      if (first === undefined) return false;
      const [tenant, items] = first;
      const batch = items.splice(0, parts.maxPerRequest);
      if (items.length === 0) byTenant.delete(tenant);
      waiting -= batch.length;
      outcomeOf(tenant, batch).add(batch.length);
      return byTenant.size > 0;
    },
  };
}
