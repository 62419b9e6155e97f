import { existsSync } from 'node:fs';
import { SentinelError } from '../../runtime/errors.ts';
import type { StoreDependencies } from '../create-store.ts';
import { migrate } from '../migrations/migrate.ts';
import { migrations } from '../migrations/migrations.ts';
import { openDatabase } from '../open-database.ts';
import { openBeside, refuseInUse } from './beside.ts';
import type { Rows } from './read-tables.ts';
import { isEmpty, refuseNewer } from './standing.ts';
import { type RowCounts, verifyCounts, writeTables } from './write-tables.ts';

export interface Filling {
  /** The store that is to be filled. */
  readonly target: StoreDependencies;
  /** Whether one that holds something may be replaced; it is kept under another name. */
  readonly mayReplaceRows: boolean;
  /** Migrations that the rows come from. */
  readonly standing: readonly string[];
  readonly give: (take: (rows: Rows) => Promise<void>) => Promise<void>;
}

export interface Filled {
  readonly counts: RowCounts;
  /** Where the store that stood there before is now. */
  readonly replaced: string | undefined;
}

/**
 * Fills the store of the settings, all or nothing: a new one is built beside it, its rows are counted, it is brought to this
 * release, and only then takes its place. Throws SENTINEL_STORE_TOO_NEW, SENTINEL_STORE_FAILED.
 */
export async function fillStore({ target, mayReplaceRows, standing, give }: Filling): Promise<Filled> {
  refuseNewer(standing);
  await refuseInUse(target);
  if (!mayReplaceRows) await refuseUnlessEmpty(target);
  const beside = await openBeside(target);
  const { opened } = beside;
  try {
    const known = Object.entries(migrations);
    await migrate({ ...opened, migrations: Object.fromEntries(known.filter(([name]) => standing.includes(name))) });
    const counts = await opened.db.transaction().execute(async (transaction) => {
      const written = await writeTables(transaction, give);
      await verifyCounts(transaction, written);
      return written;
    });
    await migrate({ ...opened, migrations, backup: () => Promise.resolve() });
    return { counts, replaced: await beside.takePlace() };
  } catch (error) {
    await beside.discard();
    throw error;
  }
}

async function refuseUnlessEmpty(target: StoreDependencies): Promise<void> {
  // To open a file that is not there would make one.
  if (target.options.url === '' && !existsSync(target.options.path)) return;
  const opened = await openDatabase({ ...target, mayReplace: false });
  try {
    if (await isEmpty(opened)) return;
  } finally {
    await opened.close();
  }
  const message = 'The store is not empty. Say --replace to put it aside, or choose another one.';
  throw new SentinelError('SENTINEL_STORE_FAILED', message);
}
