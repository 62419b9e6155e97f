import type { Anomaly, AnomalyEvent } from '../model/anomaly.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import { anomaliesLike, type AnomalyFilter } from './anomaly-filter.ts';
import { anomalyRow, type AnomalyRow, readAnomaly } from './anomaly-row.ts';
import { boundedTotal, cutPage, isBehind, type PageRequest, type StoredPage } from './keyset.ts';
import type { StoreDatabase } from './schema.ts';
import type { WriteOutcome } from './write-lane.ts';
import type { WriteQueue } from './write-queue.ts';

/** A minus sorts downwards. A page sorted by score may miss or repeat an open anomaly whose score rose meanwhile. */
type AnomalySort = '-startMs' | 'startMs' | '-peakScore';

interface AnomalyRequest extends PageRequest {
  readonly filter: AnomalyFilter;
  readonly sort: AnomalySort;
}

export interface AnomalyStore {
  /** Never throws. `dropped` happens to updates only. */
  record(event: AnomalyEvent): Promise<WriteOutcome>;
  get(id: string): Promise<Anomaly | undefined>;
  list(request: AnomalyRequest): Promise<StoredPage<Anomaly>>;
  /** Open anomalies, and how many of them are above the page border. */
  counts(): Promise<{ readonly open: number; readonly paging: number }>;
  /** Closes what a process that ended left open and `continued` does not name; answers with what it closed. */
  closeOrphans(continued: ReadonlySet<string>): Promise<Anomaly[]>;
}

/** Rows of one statement. Building it costs the forwarding thread about 20 µs a row, so it is done in small pieces. */
const ROWS_PER_STATEMENT = 50;

const sorts = {
  '-startMs': { column: 'start_ms', direction: 'desc' },
  startMs: { column: 'start_ms', direction: 'asc' },
  '-peakScore': { column: 'peak_score', direction: 'desc' },
} as const;

export function createAnomalyStore(db: StoreDatabase, queue: WriteQueue, metrics: SelfMetrics): AnomalyStore {
  const put = queue.lane<AnomalyRow>('anomalies', upsertAnomalies);
  const help = 'Stored findings that this release cannot read.';
  const unreadable = metrics.counter({
    name: 'sentinel_store_unreadable_rows_total',
    help,
    labels: { table: 'anomalies' },
  });

  function record({ kind, anomaly }: AnomalyEvent): Promise<WriteOutcome> {
    return put({ key: anomaly.id, row: anomalyRow(anomaly), droppable: kind === 'updated' });
  }

  return {
    record,
    async get(id) {
      const row = await db.selectFrom('anomalies').select('body').where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : readAll([row], unreadable)[0];
    },
    async list({ filter, sort, limit, after }) {
      const { column, direction } = sorts[sort];
      const matching = db.selectFrom('anomalies').where(anomaliesLike(filter));
      const total = await boundedTotal(db, matching);
      const rows = await matching
        .$if(after !== undefined, (query) =>
          after === undefined ? query : query.where(isBehind(column, direction, after)),
        )
        .select(['id', 'body', `${column} as value`])
        .orderBy(column, direction)
        .orderBy('id', direction)
        .limit(limit + 1)
        .execute();
      const { items, ...next } = cutPage(rows, limit, ({ id, value }) => ({ id, value: Number(value) }));
      return { items: readAll(items, unreadable), ...total, ...next };
    },
    async counts() {
      const rows = await db
        .selectFrom('anomalies')
        .select(({ fn }) => ['border', fn.countAll().as('count')])
        .where('state', '=', 'open')
        .groupBy('border')
        .execute();
      const of = (border?: string): number =>
        rows.reduce((sum, row) => (border === undefined || row.border === border ? sum + Number(row.count) : sum), 0);
      return { open: of(), paging: of('page') };
    },
    async closeOrphans(continued) {
      const rows = await db.selectFrom('anomalies').select('body').where('state', '=', 'open').execute();
      const orphans = readAll(rows, unreadable).filter(({ id }) => !continued.has(id));
      const closed = orphans.map((anomaly): Anomaly => ({ ...anomaly, state: 'closed' }));
      await Promise.all(closed.map((anomaly) => record({ kind: 'closed', anomaly })));
      return closed;
    },
  };
}

function readAll(rows: readonly Pick<AnomalyRow, 'body'>[], unreadable: Counter): Anomaly[] {
  return rows.flatMap(({ body }) => {
    const anomaly = readAnomaly(body);
    if (anomaly === undefined) unreadable.add(1);
    return anomaly ?? [];
  });
}

async function upsertAnomalies(db: StoreDatabase, rows: readonly AnomalyRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await db
      .insertInto('anomalies')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(({ ref }) => ({
          state: ref('excluded.state'),
          border: ref('excluded.border'),
          start_ms: ref('excluded.start_ms'),
          end_ms: ref('excluded.end_ms'),
          peak_score: ref('excluded.peak_score'),
          search: ref('excluded.search'),
          body: ref('excluded.body'),
        })),
      )
      .execute();
  }
}
