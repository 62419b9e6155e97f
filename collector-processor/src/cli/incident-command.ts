import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { IncidentBundle } from '../contract/bundle.ts';
import { explainCase } from '../correlate/causes/explain.ts';
import { readCase } from '../correlate/causes/read-case.ts';
import { messageOf, SentinelError } from '../runtime/errors.ts';
import { createApiClient, ownApiUrl } from './api-client.ts';
import { type Command, type CommandContext, exitCodes } from './command.ts';
import { settingsOrThrow } from './settings-file.ts';
import { writeNewFile } from './write-new-file.ts';

const usage = `usage: sentinel incident export ID [--out FILE]
       sentinel incident report ID [--out FILE]
       sentinel incident explain FILE
       export and report with [--url URL] [--config FILE]; the token of the API in SENTINEL_TOKEN`;

/** `sentinel incident export|report|explain`: the first two ask the running Sentinel, the last needs nothing but the file. */
export const incidentCommand: Command = {
  summary: 'incident export|report|explain       an incident as a file; its causes ranked again from it',
  usage,
  async run({ args, env, stdout, stderr }) {
    const options = {
      config: { type: 'string', short: 'c' },
      url: { type: 'string' },
      out: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, subject, ...more] = positionals;
    if (subject === undefined || more.length > 0) throw new SentinelError('SENTINEL_USAGE', usage);
    if (verb === 'explain') return explain(subject, { stdout, stderr });
    if (verb !== 'export' && verb !== 'report') throw new SentinelError('SENTINEL_USAGE', usage);
    const url = values.url ?? ownApiUrl(settingsOrThrow(values.config, env).api);
    const api = createApiClient({ url, token: env['SENTINEL_TOKEN'] || undefined, fetch: globalThis.fetch });
    const file = verb === 'export' ? 'bundle' : 'report';
    const bytes = await api.bytes(`/api/v1/incidents/${encodeURIComponent(subject)}/${file}`);
    if (values.out === undefined) stdout.write(bytes);
    else writeNewFile(values.out, bytes);
    return exitCodes.ok;
  },
};

/** Prints the ranking; fails when it is not, byte for byte, the one that the bundle holds. */
function explain(path: string, { stdout, stderr }: Pick<CommandContext, 'stdout' | 'stderr'>): number {
  const bundle = readBundle(path);
  const facts = readCase(bundle.case);
  if (bundle.format !== 1 || facts === undefined) {
    const message = `${path} is no bundle with a case. "sentinel incident export ID" writes one, once causes are ranked.`;
    throw new SentinelError('SENTINEL_USAGE', message);
  }
  const causes = JSON.stringify(explainCase(facts));
  stdout.write(`${causes}\n`);
  if (causes === JSON.stringify(bundle.causes)) return exitCodes.ok;
  stderr.write(`The bundle, of Sentinel ${String(bundle.version)}, holds another ranking.\n`);
  return exitCodes.failed;
}

function readBundle(path: string): Partial<IncidentBundle> {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Partial<IncidentBundle> | null) ?? {};
  } catch (error) {
    throw new SentinelError('SENTINEL_USAGE', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
