import { parseArgs } from 'node:util';
import { type Command, exitCodes } from './command.ts';
import { readSettingsFile } from './settings-file.ts';

/** `sentinel check [--config FILE]`: validates without starting anything. */
export const checkCommand: Command = {
  summary: 'check [--config FILE]              validate the configuration; prints place and remedy of each fault',
  run({ args, env, stdout, stderr }) {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string', short: 'c' } } });
    const result = readSettingsFile(values.config, env);
    if (result.kind === 'settings') {
      stdout.write(`${result.file}: the configuration is valid.\n`);
      return Promise.resolve(exitCodes.ok);
    }
    for (const line of result.lines) stderr.write(`${line}\n`);
    return Promise.resolve(exitCodes.failed);
  },
};
