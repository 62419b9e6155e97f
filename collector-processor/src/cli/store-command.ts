import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import { openDatabase } from '../store/open-database.ts';
import { fillStore } from '../store/transfer/fill-store.ts';
import { readTables } from '../store/transfer/read-tables.ts';
import { refuseHeld } from '../store/transfer/refuse-held.ts';
import { currentMigrations } from '../store/transfer/standing.ts';
import { refuseMissing } from './backup-command.ts';
import { type Command, exitCodes } from './command.ts';
import { describeRows } from './describe-rows.ts';
import { settingsOrThrow } from './settings-file.ts';
import { storeDependencies } from './store-dependencies.ts';

const usage =
  'usage: sentinel store migrate --from sqlite --to postgres [--replace] [--config FILE]   (or the other way)';
const kinds: readonly (string | undefined)[] = ['sqlite', 'postgres'];

/** `sentinel store migrate --from sqlite --to postgres`: carries all tables from `store.path` to `store.url`, or back. */
export const storeCommand: Command = {
  summary: 'store migrate --from sqlite --to postgres   carry the store from store.path to store.url, or back',
  usage,
  async run({ args, env, stdout }) {
    const options = {
      config: { type: 'string', short: 'c' },
      from: { type: 'string' },
      to: { type: 'string' },
      replace: { type: 'boolean' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { from, to, replace } = values;
    const isUnderstood = positionals.join() === 'migrate' && kinds.includes(from) && kinds.includes(to) && from !== to;
    if (!isUnderstood) throw new SentinelError('SENTINEL_USAGE', usage);
    const { store } = settingsOrThrow(values.config, env);
    if (store.url === '' || store.path === ':memory:') {
      const message =
        'Both ends stand in the configuration: set store.path to the SQLite file and store.url to PostgreSQL.';
      throw new SentinelError('SENTINEL_USAGE', `${message}\n${usage}`);
    }
    const file = { ...store, url: '' };
    const [source, target] = from === 'sqlite' ? [file, store] : [store, file];
    refuseMissing(source);
    const opened = await openDatabase(storeDependencies(source));
    try {
      // What it writes meanwhile would be left behind.
      if (opened.schema !== undefined) await refuseHeld(opened.db, opened.schema);
      const filled = await fillStore({
        target: storeDependencies(target),
        mayReplaceRows: replace === true,
        standing: await currentMigrations(opened),
        give: (take) => readTables(opened.db, take),
      });
      stdout.write(`Carried over and counted: ${describeRows(filled.counts)}.\n`);
      if (filled.replaced !== undefined) stdout.write(`What was there before is kept: ${filled.replaced}\n`);
    } finally {
      await opened.close();
    }
    return exitCodes.ok;
  },
};
