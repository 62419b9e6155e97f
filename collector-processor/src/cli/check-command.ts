import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import { type Command, exitCodes } from './command.ts';
import { readSettingsFile } from './settings-file.ts';

const usage = 'usage: sentinel check [FILE]   (or --config FILE)';

/** `sentinel check [FILE]`: validates without starting anything. */
export const checkCommand: Command = {
  summary: 'check [FILE | --config FILE]       validate the configuration; prints place and remedy of each fault',
  usage,
  run({ args, env, stdout, stderr }) {
    const options = { config: { type: 'string', short: 'c' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...others] = [...(values.config === undefined ? [] : [values.config]), ...positionals];
    if (others.length > 0) throw new SentinelError('SENTINEL_USAGE', usage);
    const result = readSettingsFile(file, env);
    if (result.kind === 'settings') {
      stdout.write(`${result.file}: the configuration is valid.\n`);
      return Promise.resolve(exitCodes.ok);
    }
    for (const line of result.lines) stderr.write(`${line}\n`);
    return Promise.resolve(exitCodes.failed);
  },
};
