import { parseArgs } from 'node:util';
import type { TuningVersion } from '../contract/feedback.ts';
import type { Shadow } from '../contract/shadow.ts';
import { SentinelError } from '../runtime/errors.ts';
import { createApiClient, ownApiUrl } from './api-client.ts';
import { type Command, exitCodes } from './command.ts';
import { settingsOrThrow } from './settings-file.ts';
import { shadowText } from './shadow-text.ts';

const usage = `usage: sentinel shadow [--url URL] [--config FILE]
       sentinel shadow promote [--why TEXT] [--url URL] [--config FILE]
       the token of the API in SENTINEL_TOKEN; to promote, that of an operator`;

const NOTHING = 'Nothing runs in shadow (score.shadow.enabled).\n';

/** `sentinel shadow [promote]`: asks the running Sentinel. */
export const shadowCommand: Command = {
  summary: 'shadow [promote]                   what the configuration in shadow would have told; makes it the live one',
  usage,
  async run({ args, env, stdout }) {
    const options = {
      config: { type: 'string', short: 'c' },
      url: { type: 'string' },
      why: { type: 'string', default: '' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, ...rest] = positionals;
    if (rest.length > 0 || (verb !== undefined && verb !== 'promote')) throw new SentinelError('SENTINEL_USAGE', usage);
    const url = values.url ?? ownApiUrl(settingsOrThrow(values.config, env).api);
    const api = createApiClient({ url, token: env['SENTINEL_TOKEN'] || undefined, fetch: globalThis.fetch });
    if (verb === undefined) {
      const { report } = await api.json<Shadow>('/api/v1/shadow');
      stdout.write(report === undefined ? NOTHING : shadowText(report));
      return exitCodes.ok;
    }
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ why: values.why });
    const { version } = await api.json<TuningVersion>('/api/v1/shadow/promote', { method: 'POST', headers, body });
    stdout.write(`Version ${version} acts. "POST /api/v1/tunings/rollback" with an earlier version takes it back.\n`);
    return exitCodes.ok;
  },
};
