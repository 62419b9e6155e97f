import { SentinelError } from '../../runtime/errors.ts';
import { leaseHolder } from '../lease/lease-record.ts';
import type { StoreDatabase } from '../schema.ts';

/** Throws SENTINEL_STORE_FAILED when a process is active on the store. `lock`: none becomes so in this transaction. */
export async function refuseHeld(db: StoreDatabase, schema: string, lock = false): Promise<void> {
  const holder = await leaseHolder(db.withoutPlugins().withSchema(schema), schema, lock);
  if (holder === undefined) return;
  const message = `The store is in use by ${holder}. Stop Sentinel first; one that was killed holds it for the length of its lease.`;
  throw new SentinelError('SENTINEL_STORE_FAILED', message);
}
