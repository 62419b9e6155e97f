import { type Selectable, sql } from 'kysely';
import type { Correction, CorrectionLedger, CorrectionScope } from '../model/slo-correction.ts';
import { boundedTotal, cutPage, isBehind, type PageRequest, type StoredPage } from './keyset.ts';
import type { SloCorrectionTable, StoreDatabase } from './schema.ts';

interface CorrectionRequest extends PageRequest {
  readonly state?: 'in_force' | 'reversed' | undefined;
  /** Corrections that end after this. */
  readonly fromMs?: number | undefined;
  /** Corrections that begin before this. */
  readonly toMs?: number | undefined;
}

export interface CorrectionStore extends CorrectionLedger {
  /** By their begin, newest first. */
  list(request: CorrectionRequest): Promise<StoredPage<Correction>>;
}

type Row = Selectable<SloCorrectionTable>;

/** Entries are only ever added: a reversal is one that names another. It is kept for as long as that. */
export function createSloCorrectionStore(db: StoreDatabase): CorrectionStore {
  const corrections = () => db.selectFrom('slo_corrections').where('reverses', 'is', null);
  const isReversed = sql<boolean>`id in (select reverses from ${sql.table('slo_corrections')} where reverses is not null)`;

  async function insert(row: Row): Promise<boolean> {
    const inserted = await db
      .insertInto('slo_corrections')
      .values({ ...row, from_ms: Number(row.from_ms), to_ms: Number(row.to_ms), at_ms: Number(row.at_ms) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0;
  }

  async function withReversals(rows: readonly Row[]): Promise<Correction[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const reversals = await db.selectFrom('slo_corrections').selectAll().where('reverses', 'in', ids).execute();
    const byId = new Map(reversals.map((row) => [row.reverses, row]));
    return rows.map((row) => read(row, byId.get(row.id)));
  }

  async function get(id: string): Promise<Correction | undefined> {
    return (await withReversals(await corrections().selectAll().where('id', '=', id).execute()))[0];
  }

  return {
    async add(correction) {
      const { id, fromMs, toMs, scope, reason, author, source, atMs } = correction;
      const times = { from_ms: Math.round(fromMs), to_ms: Math.round(toMs), at_ms: Math.round(atMs) };
      const isNew = await insert({
        id,
        reverses: null,
        ...times,
        scope: JSON.stringify(scope),
        reason,
        author,
        source,
      });
      return { isNew, correction: (await get(id)) ?? correction };
    },
    async reverse(id, { author, reason, atMs }) {
      const row = await corrections().selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return undefined;
      const entry = { ...row, id: `reverse:${id}`, reverses: id, author, reason, at_ms: Math.round(atMs) };
      const isNew = await insert(entry);
      const correction = await get(id);
      return correction === undefined ? undefined : { isNew, correction };
    },
    async inForce(sinceMs, limit) {
      const matching = corrections()
        .where('to_ms', '>', Math.round(sinceMs))
        .where(sql<boolean>`not ${isReversed}`);
      const rows = await matching.selectAll().orderBy('from_ms', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map((row) => read(row, undefined));
    },
    async list({ state, fromMs, toMs, limit, after }) {
      const matching = corrections()
        .$if(state === 'reversed', (query) => query.where(isReversed))
        .$if(state === 'in_force', (query) => query.where(sql<boolean>`not ${isReversed}`))
        .$if(fromMs !== undefined, (query) => query.where('to_ms', '>', Math.round(fromMs ?? 0)))
        .$if(toMs !== undefined, (query) => query.where('from_ms', '<', Math.round(toMs ?? 0)));
      const total = await boundedTotal(db, matching);
      const rows = await matching
        .$if(after !== undefined, (query) =>
          after === undefined ? query : query.where(isBehind('from_ms', 'desc', after)),
        )
        .selectAll()
        .orderBy('from_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const { items, ...next } = cutPage(rows, limit, (row) => ({ id: row.id, value: Number(row.from_ms) }));
      return { items: await withReversals(items), ...total, ...next };
    },
  };
}

/** Only this program writes the columns. */
function read(
  { id, from_ms, to_ms, scope, reason, author, source, at_ms }: Row,
  reversal: Row | undefined,
): Correction {
  return {
    ...{ id, fromMs: Number(from_ms), toMs: Number(to_ms), scope: JSON.parse(scope) as CorrectionScope },
    ...{ reason, author, source: source === 'maintenance' ? 'maintenance' : 'person', atMs: Number(at_ms) },
    ...(reversal === undefined
      ? {}
      : { reversal: { author: reversal.author, reason: reversal.reason, atMs: Number(reversal.at_ms) } }),
  };
}
