import type { Insertable, Selectable } from 'kysely';
import type { CountLedger, HourOfCounts } from '../model/slo-counts.ts';
import type { SloCountTable, StoreDatabase } from './schema.ts';
import type { WriteQueue } from './write-queue.ts';

type CountRow = Insertable<SloCountTable>;

export function createSloCountStore(db: StoreDatabase, queue: WriteQueue): CountLedger {
  const put = queue.lane<CountRow>('slo_counts', upsert);
  return {
    async keep({ budget, hourMs, minutes }) {
      const key = `${budget}/${hourMs}`;
      const numbers = minutes.flatMap((counts) => [counts?.total ?? null, counts?.bad ?? null]);
      const row = { key, budget, hour_ms: hourMs, minutes: JSON.stringify(numbers) };
      return (await put({ key, row, droppable: true })).kind === 'stored';
    },
    async since(hourMs) {
      const rows = await db
        .selectFrom('slo_counts')
        .selectAll()
        .where('hour_ms', '>=', hourMs)
        .orderBy('hour_ms')
        .orderBy('key')
        .execute();
      return rows.map(read);
    },
    async of(budget, { fromMs, toMs }) {
      const rows = await db
        .selectFrom('slo_counts')
        .selectAll()
        .where('budget', '=', budget)
        .where('hour_ms', '>=', fromMs)
        .where('hour_ms', '<', toMs)
        .orderBy('hour_ms')
        .execute();
      return rows.map(read);
    },
  };
}

function read({ budget, hour_ms, minutes }: Selectable<SloCountTable>): HourOfCounts {
  return { budget, hourMs: Number(hour_ms), minutes: pairs(minutes) };
}

/** Only this program writes the column; null is what nobody knows. */
function pairs(text: string): HourOfCounts['minutes'] {
  const numbers = JSON.parse(text) as readonly (number | null)[];
  return Array.from({ length: numbers.length / 2 }, (_unused, minute) => {
    const [total, bad] = [numbers[2 * minute] ?? null, numbers[2 * minute + 1] ?? null];
    return total === null || bad === null ? undefined : { total, bad };
  });
}

async function upsert(db: StoreDatabase, rows: readonly CountRow[]): Promise<void> {
  for (const { key, ...rest } of rows) {
    await db
      .insertInto('slo_counts')
      .values({ key, ...rest })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(rest))
      .execute();
  }
}
