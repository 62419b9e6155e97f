import type { Insertable } from 'kysely';
import type { CrossingLedger, SloCrossing } from '../model/slo-crossing.ts';
import type { SloCrossingTable, StoreDatabase } from './schema.ts';
import type { WriteQueue } from './write-queue.ts';

const MOST_AT_ONCE = 500;

export function createSloCrossingStore(db: StoreDatabase, queue: WriteQueue): CrossingLedger {
  const put = queue.lane<Insertable<SloCrossingTable>>('slo_crossings', insert);
  return {
    async record(crossing) {
      const { id, slo, atMs } = crossing;
      const row = { id, slo, at_ms: Math.round(atMs), body: JSON.stringify(crossing) };
      return (await put({ key: id, row, droppable: false })).kind === 'stored';
    },
    async latest() {
      const newest = db
        .selectFrom('slo_crossings')
        .select(({ fn }) => ['slo', fn.max('at_ms').as('newest')])
        .groupBy('slo')
        .as('last');
      const rows = await db
        .selectFrom('slo_crossings')
        .innerJoin(newest, (join) =>
          join.onRef('last.slo', '=', 'slo_crossings.slo').onRef('last.newest', '=', 'slo_crossings.at_ms'),
        )
        .select('slo_crossings.body')
        .execute();
      return rows.map(read);
    },
    async between(slo, { fromMs, toMs }) {
      const rows = await db
        .selectFrom('slo_crossings')
        .select('body')
        .where('slo', '=', slo)
        .where('at_ms', '>=', Math.round(fromMs))
        .where('at_ms', '<', Math.round(toMs))
        .orderBy('at_ms', 'desc')
        .limit(MOST_AT_ONCE)
        .execute();
      return rows.map(read).reverse();
    },
  };
}

/** Only this program writes the column. */
function read({ body }: { readonly body: string }): SloCrossing {
  return JSON.parse(body) as SloCrossing;
}

async function insert(db: StoreDatabase, rows: readonly Insertable<SloCrossingTable>[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('slo_crossings')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}
