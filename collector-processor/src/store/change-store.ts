import { type Expression, type ExpressionBuilder, type Insertable, type Selectable, type SqlBool } from 'kysely';
import type { Change } from '../model/anomaly.ts';
import { isGiven } from './anomaly-filter.ts';
import { boundedTotal, cutPage, isBehind, type PageRequest, type StoredPage } from './keyset.ts';
import type { ChangeTable, StoreDatabase, StoreTables } from './schema.ts';
import type { WriteOutcome } from './write-lane.ts';
import type { WriteQueue } from './write-queue.ts';

interface ChangeFilter {
  readonly tenant?: string | undefined;
  readonly services?: readonly string[] | undefined;
  readonly kind?: Change['kind'] | undefined;
  /** Changes at or after this. */
  readonly fromMs?: number | undefined;
  /** Changes before this. */
  readonly toMs?: number | undefined;
}

interface ChangeRequest extends PageRequest {
  readonly filter: ChangeFilter;
}

export interface ChangeStore {
  /** Keeps the first of one id. Never throws. */
  record(change: Change): Promise<WriteOutcome>;
  /** Stores the change unless its id is known; answers with what is now stored under it. */
  post(change: Change): Promise<{ readonly isNew: boolean; readonly change: Change }>;
  /** Newest first. */
  list(request: ChangeRequest): Promise<StoredPage<Change>>;
}

type ChangeRow = Insertable<ChangeTable>;

export function createChangeStore(db: StoreDatabase, queue: WriteQueue): ChangeStore {
  const put = queue.lane<ChangeRow>('changes', insertChanges);

  return {
    record: (change) => put({ key: change.id, row: changeRow(change), droppable: false }),
    async post(change) {
      const isNew = (await insertChange(db, changeRow(change))) > 0;
      const row = await db.selectFrom('changes').selectAll().where('id', '=', change.id).executeTakeFirstOrThrow();
      return { isNew, change: readChange(row) };
    },
    async list({ filter, limit, after }) {
      const matching = db.selectFrom('changes').where((where) => changesLike(where, filter));
      const total = await boundedTotal(db, matching);
      const rows = await matching
        .$if(after !== undefined, (query) =>
          after === undefined ? query : query.where(isBehind('time_ms', 'desc', after)),
        )
        .selectAll()
        .orderBy('time_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const { items, ...next } = cutPage(rows, limit, (row) => ({ id: row.id, value: Number(row.time_ms) }));
      return { items: items.map(readChange), ...total, ...next };
    },
  };
}

function changesLike(where: ExpressionBuilder<StoreTables, 'changes'>, filter: ChangeFilter): Expression<SqlBool> {
  const { tenant, services, kind, fromMs, toMs } = filter;
  const parts: Expression<SqlBool>[] = [];
  if (tenant !== undefined) parts.push(where('tenant', '=', tenant));
  if (isGiven(services)) parts.push(where('service', 'in', services));
  if (kind !== undefined) parts.push(where('kind', '=', kind));
  if (fromMs !== undefined) parts.push(where('time_ms', '>=', fromMs));
  if (toMs !== undefined) parts.push(where('time_ms', '<', toMs));
  return where.and(parts);
}

async function insertChanges(db: StoreDatabase, rows: readonly ChangeRow[]): Promise<void> {
  for (const row of rows) await insertChange(db, row);
}

async function insertChange(db: StoreDatabase, row: ChangeRow): Promise<number> {
  const inserted = await db
    .insertInto('changes')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return Number(inserted.numInsertedOrUpdatedRows ?? 0);
}

function changeRow({ from, to, timeMs, ...same }: Change): ChangeRow {
  return { ...same, time_ms: Math.round(timeMs), from_value: from, to_value: to };
}

function readChange({ from_value: from, to_value: to, time_ms: timeMs, ...same }: Selectable<ChangeTable>): Change {
  return { ...same, kind: readKind(same.kind), timeMs: Number(timeMs), from, to };
}

/** A kind of a later release is shown as the most general one. */
function readKind(kind: string): Change['kind'] {
  return kind === 'deploy' || kind === 'flag' ? kind : 'configuration';
}
