import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import { openBackup } from '../store/transfer/backup-file.ts';
import { fillStore } from '../store/transfer/fill-store.ts';
import { type Command, exitCodes } from './command.ts';
import { describeRows } from './describe-rows.ts';
import { settingsOrThrow } from './settings-file.ts';
import { storeDependencies } from './store-dependencies.ts';

const usage = 'usage: sentinel restore --file FILE [--replace] [--config FILE]';

/** `sentinel restore --file FILE`: makes the store of the settings from a backup, all or nothing. */
export const restoreCommand: Command = {
  summary:
    'restore --file FILE [--replace]     make the store from such a file, all or nothing; Sentinel must be stopped',
  usage,
  async run({ args, env, stdout }) {
    const options = {
      config: { type: 'string', short: 'c' },
      file: { type: 'string', short: 'f' },
      replace: { type: 'boolean' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.file === undefined) throw new SentinelError('SENTINEL_USAGE', usage);
    const target = storeDependencies(settingsOrThrow(values.config, env).store);
    const { give, migrations, createdAtMs, release } = await openBackup(resolve(values.file));
    const filled = await fillStore({ target, mayReplaceRows: values.replace === true, standing: migrations, give });
    const made = new Date(createdAtMs).toISOString();
    stdout.write(`Restored from ${made} (release ${release}): ${describeRows(filled.counts)}.\n`);
    if (filled.replaced !== undefined) stdout.write(`What was there before is kept: ${filled.replaced}\n`);
    return exitCodes.ok;
  },
};
