import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import { type Command, exitCodes } from './command.ts';
import { estimateUsage, runEstimate } from './estimate/run-estimate.ts';
import { readSettingsFile } from './settings-file.ts';

const usage = `usage: sentinel check [FILE]   (or --config FILE)
${estimateUsage.replace('usage:', '      ')}`;

/** `sentinel check [FILE]`: validates without starting anything; with --estimate it says what watching would cost. */
export const checkCommand: Command = {
  summary: 'check [FILE | --config FILE]       validate the configuration; prints place and remedy of each fault',
  usage,
  run(context) {
    const { args, env, stdout, stderr } = context;
    const options = {
      config: { type: 'string', short: 'c' },
      estimate: { type: 'boolean', default: false },
      series: { type: 'string' },
      streams: { type: 'string' },
      'from-file': { type: 'string', multiple: true, default: [] as string[] },
      'from-api': { type: 'boolean', default: false },
      url: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options: { ...options }, allowPositionals: true });
    const [file, ...others] = [...(values.config === undefined ? [] : [values.config]), ...positionals];
    if (others.length > 0) throw new SentinelError('SENTINEL_USAGE', usage);
    if (values.estimate) {
      const { series, streams, 'from-file': fromFiles, 'from-api': fromApi, url } = values;
      return runEstimate({ config: file, series, streams, fromFiles, fromApi, url }, context);
    }
    const result = readSettingsFile(file, env);
    if (result.kind === 'settings') {
      stdout.write(`${result.file}: the configuration is valid.\n`);
      return Promise.resolve(exitCodes.ok);
    }
    for (const line of result.lines) stderr.write(`${line}\n`);
    return Promise.resolve(exitCodes.failed);
  },
};
