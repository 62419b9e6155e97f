import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import { version } from '../runtime/version.ts';
import { openDatabase } from '../store/open-database.ts';
import type { StoreOptions } from '../store/store-options.ts';
import { writeBackup } from '../store/transfer/backup-file.ts';
import { readTables } from '../store/transfer/read-tables.ts';
import { currentMigrations } from '../store/transfer/standing.ts';
import { type Command, exitCodes } from './command.ts';
import { describeRows } from './describe-rows.ts';
import { settingsOrThrow } from './settings-file.ts';
import { storeDependencies } from './store-dependencies.ts';

const usage = 'usage: sentinel backup --file FILE [--config FILE]';

/** `sentinel backup --file FILE`: the store as it is at one moment, also beside a running sidecar. */
export const backupCommand: Command = {
  summary: 'backup --file FILE                  write all tables of the store to a file, also while it runs',
  usage,
  async run({ args, env, stdout }) {
    const options = { config: { type: 'string', short: 'c' }, file: { type: 'string', short: 'f' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.file === undefined) throw new SentinelError('SENTINEL_USAGE', usage);
    const file = resolve(values.file);
    const { store } = settingsOrThrow(values.config, env);
    refuseMissing(store);
    const dependencies = storeDependencies(store);
    const opened = await openDatabase(dependencies);
    try {
      const head = {
        release: version,
        createdAtMs: dependencies.clock.nowMs(),
        migrations: [...(await currentMigrations(opened))],
      };
      const counts = await writeBackup(file, head, (take) => readTables(opened.db, take));
      stdout.write(`${file}: ${describeRows(counts)}.\n`);
    } finally {
      await opened.close();
    }
    return exitCodes.ok;
  },
};

/** To open a file that is not there would make an empty one. */
export function refuseMissing({ url, path }: StoreOptions): void {
  if (url !== '' || existsSync(path)) return;
  const reason = path === ':memory:' ? 'It is in memory only' : `There is no store at ${resolve(path)}`;
  throw new SentinelError('SENTINEL_STORE_FAILED', `${reason}. Name the right configuration with --config.`);
}
