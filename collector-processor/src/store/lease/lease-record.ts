import { type RawBuilder, sql } from 'kysely';
import { DutyLost } from '../duty.ts';
import type { StoreDatabase } from '../schema.ts';

/**
 * The lease in PostgreSQL: one row, in no migration, backup or transfer. All times are the server's (`clock_timestamp()`), so
 * that clocks of the processes do not matter.
 *
 * `epoch` rises with every take-over. It is unique, and so part of a key: a take-over, which changes it, has to wait for
 * transactions that hold the row FOR KEY SHARE; a renewal, which does not, passes beside them.
 */
export interface LeaseRow {
  readonly name: string;
  readonly epoch: string;
  readonly holder: string;
  readonly expires_at_ms: string;
}

/** Somebody's hold on the lease. */
export interface Hold {
  readonly holder: string;
  readonly epoch: number;
}

export type Attempt =
  | { readonly kind: 'taken'; readonly hold: Hold }
  /** Milliseconds until it may be taken, if its holder does not renew it. */
  | { readonly kind: 'held'; readonly by: string; readonly leftMs: number };

const NAME = 'sidecar';
const nowMs = sql<string>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
const after = (durationMs: number): RawBuilder<string> => sql<string>`${nowMs} + ${Math.round(durationMs)}`;
const DUPLICATE = /^(?:23505|42P06|42P07)$/;

function leasesOf(db: StoreDatabase) {
  return db.$extendTables<{ lease: LeaseRow }>();
}

/** Makes the schema and the row, where they are missing; several processes may do so at once. */
export async function prepareLease(db: StoreDatabase, schema: string): Promise<void> {
  if (await isPrepared(db, schema)) return;
  try {
    const { rows } = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(db);
    if (rows.length === 0) await sql`create schema ${sql.id(schema)}`.execute(db);
    await sql`create table if not exists ${sql.id(schema, 'lease')} (name text primary key, epoch bigint not null unique, holder text not null, expires_at_ms bigint not null)`.execute(
      db,
    );
    await sql`insert into ${sql.id(schema, 'lease')} values (${NAME}, 0, '', 0) on conflict do nothing`.execute(db);
  } catch (error) {
    if (!DUPLICATE.test(stateOf(error))) throw error;
    await prepareLease(db, schema);
  }
}

export interface LeaseRecord {
  /** Takes the lease if it is free or over. */
  take(holder: string, durationMs: number): Promise<Attempt>;
  /** Makes it last from now on; also when it was over, as long as nobody has taken it. False when somebody has. */
  renew(hold: Hold, durationMs: number): Promise<boolean>;
  /** Gives it back, so that another can take it at once. */
  release(hold: Hold): Promise<void>;
}

export function createLeaseRecord(db: StoreDatabase): LeaseRecord {
  const leases = leasesOf(db);
  const ours = ({ holder, epoch }: Hold, expires_at_ms: RawBuilder<string>) =>
    leases
      .updateTable('lease')
      .set({ expires_at_ms })
      .where('name', '=', NAME)
      .where('epoch', '=', String(epoch))
      .where('holder', '=', holder)
      .executeTakeFirst();

  return {
    async take(holder, durationMs) {
      const taken = await leases
        .updateTable('lease')
        .set({ epoch: sql`epoch + 1`, holder, expires_at_ms: after(durationMs) })
        .where('name', '=', NAME)
        .where('expires_at_ms', '<=', nowMs)
        .returning('epoch')
        .executeTakeFirst();
      if (taken !== undefined) return { kind: 'taken', hold: { holder, epoch: Number(taken.epoch) } };
      const held = await leases
        .selectFrom('lease')
        .select(['holder', sql<string>`expires_at_ms - ${nowMs}`.as('left')])
        .where('name', '=', NAME)
        .executeTakeFirstOrThrow();
      return { kind: 'held', by: held.holder, leftMs: Math.max(0, Number(held.left)) };
    },
    async renew(hold, durationMs) {
      const renewed = await ours(hold, after(durationMs));
      return renewed.numUpdatedRows > 0;
    },
    async release(hold) {
      await ours(hold, sql<string>`0`);
    },
  };
}

/** In the transaction that writes: nobody can take over before it has ended. Throws `DutyLost`. */
export async function verifyLease(transaction: StoreDatabase, { holder, epoch }: Hold): Promise<void> {
  const row = await leasesOf(transaction)
    .selectFrom('lease')
    .select('name')
    .where('name', '=', NAME)
    .where('epoch', '=', String(epoch))
    .where('holder', '=', holder)
    .forKeyShare()
    .executeTakeFirst();
  if (row === undefined) throw new DutyLost();
}

/** Who holds it now; undefined when nobody does, or there is none. `lock`: nobody takes it before the transaction ends. */
export async function leaseHolder(db: StoreDatabase, schema: string, lock = false): Promise<string | undefined> {
  if (!(await isPrepared(db, schema))) return undefined;
  const held = leasesOf(db).selectFrom('lease').select('holder').where('name', '=', NAME);
  if (lock) await held.forUpdate().execute();
  return (await held.where('expires_at_ms', '>', nowMs).executeTakeFirst())?.holder;
}

async function isPrepared(db: StoreDatabase, schema: string): Promise<boolean> {
  const found = await sql`select 1 from pg_tables where schemaname = ${schema} and tablename = 'lease'`.execute(db);
  if (found.rows.length === 0) return false;
  return (await leasesOf(db).selectFrom('lease').select('name').execute()).length > 0;
}

function stateOf(error: unknown): string {
  const isFault = typeof error === 'object' && error !== null;
  if (isFault && 'sqlState' in error) return String(error.sqlState);
  return isFault && 'code' in error ? String(error.code) : '';
}
