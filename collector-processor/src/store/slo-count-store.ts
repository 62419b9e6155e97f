import type { Insertable } from 'kysely';
import type { CountLedger, Counts } from '../model/slo-counts.ts';
import type { SloCountTable, StoreDatabase } from './schema.ts';
import type { WriteQueue } from './write-queue.ts';

type CountRow = Insertable<SloCountTable>;

export function createSloCountStore(db: StoreDatabase, queue: WriteQueue): CountLedger {
  const put = queue.lane<CountRow>('slo_counts', upsert);
  return {
    async keep({ budget, hourMs, minutes }) {
      const key = `${budget}/${hourMs}`;
      const numbers = minutes.flatMap(({ total, bad }) => [total, bad]);
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
      return rows.map((row) => ({ budget: row.budget, hourMs: Number(row.hour_ms), minutes: pairs(row.minutes) }));
    },
  };
}

/** Only this program writes the column. */
function pairs(text: string): readonly Counts[] {
  const numbers = JSON.parse(text) as readonly number[];
  return Array.from({ length: numbers.length / 2 }, (_unused, minute) => ({
    total: numbers[2 * minute] ?? 0,
    bad: numbers[2 * minute + 1] ?? 0,
  }));
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
