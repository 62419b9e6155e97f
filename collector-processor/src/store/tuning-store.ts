import type { TuningVersion } from '../model/tuning.ts';
import type { StoreDatabase } from './schema.ts';

export interface TuningStore {
  newest(): Promise<TuningVersion | undefined>;
  get(version: number): Promise<TuningVersion | undefined>;
  /** False when somebody else made that version first. */
  add(version: TuningVersion): Promise<boolean>;
  /** Deletes versions before this one. */
  forget(before: number): Promise<void>;
  /** Newest first, those before `before`. */
  list(limit: number, before?: number): Promise<TuningVersion[]>;
}

export function createTuningStore(db: StoreDatabase): TuningStore {
  async function list(limit: number, before = Number.MAX_SAFE_INTEGER): Promise<TuningVersion[]> {
    const rows = await db
      .selectFrom('tunings')
      .select('body')
      .where('version', '<', before)
      .orderBy('version', 'desc')
      .limit(limit)
      .execute();
    return rows.map(read);
  }

  return {
    list,
    async newest() {
      const [newest] = await list(1);
      return newest;
    },
    async get(version) {
      const row = await db.selectFrom('tunings').select('body').where('version', '=', version).executeTakeFirst();
      return row === undefined ? undefined : read(row);
    },
    add: (version) => insertVersion(db, version),
    async forget(before) {
      await db.deleteFrom('tunings').where('version', '<', before).execute();
    },
  };
}

export async function insertVersion(db: StoreDatabase, version: TuningVersion): Promise<boolean> {
  const inserted = await db
    .insertInto('tunings')
    .values({ version: version.version, body: JSON.stringify(version) })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirst();
  return Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Only this program writes the column. */
function read({ body }: { readonly body: string }): TuningVersion {
  return JSON.parse(body) as TuningVersion;
}
