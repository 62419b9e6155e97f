import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SloCorrection, SloCorrectionPage } from '../contract/slo-correction.ts';
import { SentinelError } from '../runtime/errors.ts';
import { promDuration } from '../runtime/yaml/lengths-of-time.ts';
import { type ApiClient, createApiClient, ownApiUrl } from './api-client.ts';
import { type CommandContext, exitCodes } from './command.ts';
import { printable } from './letter-text.ts';
import { settingsOrThrow } from './settings-file.ts';

export const deskUsage = `       sentinel slo corrections list [--state in_force|reversed]
       sentinel slo corrections add --from TIME --to TIME|--for 2h --reason TEXT [--objective ID] [--service NAME]
                                    [--label NAME=VALUE]... [--id ID]
       sentinel slo corrections reverse ID --reason TEXT
       sentinel slo report [--month 2026-03] [--json] [--out FILE]   the last month when absent
       these ask the running Sentinel: [--url URL] [--config FILE]; the token of the API in SENTINEL_TOKEN`;

const CORRECTIONS = '/api/v1/slos/corrections';

const options = {
  config: { type: 'string', short: 'c' },
  url: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  month: { type: 'string' },
  state: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  for: { type: 'string' },
  reason: { type: 'string' },
  objective: { type: 'string' },
  service: { type: 'string' },
  label: { type: 'string', multiple: true },
  id: { type: 'string' },
} as const;

interface Asked {
  readonly api: ApiClient;
  readonly rest: readonly string[];
  readonly values: ReturnType<typeof parse>['values'];
  readonly stdout: CommandContext['stdout'];
}

/** `sentinel slo corrections …` and `sentinel slo report`: asks the running Sentinel, which knows who may. */
export async function runSloDesk({ args, env, stdout }: CommandContext): Promise<number> {
  const { values, positionals } = parse(args);
  const [noun, ...rest] = positionals;
  const url = values.url ?? ownApiUrl(settingsOrThrow(values.config, env).api);
  const api = createApiClient({ url, token: env['SENTINEL_TOKEN'] || undefined, fetch: globalThis.fetch });
  const asked = { api, values, stdout, rest: rest.slice(1) };
  if (noun === 'report' && rest.length === 0) return report(asked);
  const verb = noun === 'corrections' ? verbs[rest[0] ?? ''] : undefined;
  if (verb === undefined) throw wrongUsage();
  return verb(asked);
}

const verbs: Readonly<Record<string, (asked: Asked) => Promise<number>>> = { list, add, reverse };

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

async function report({ api, values, stdout }: Asked): Promise<number> {
  const query = values.month === undefined ? '' : `?${new URLSearchParams({ month: values.month }).toString()}`;
  const bytes = await api.bytes(`/api/v1/slos/report${values.json === true ? '' : '.md'}${query}`);
  // Never over a file that is there.
  if (values.out === undefined) stdout.write(bytes);
  else writeFileSync(values.out, bytes, { flag: 'wx' });
  return exitCodes.ok;
}

async function list({ api, values, stdout, rest }: Asked): Promise<number> {
  if (rest.length > 0) throw wrongUsage();
  let cursor: string | undefined;
  let count = 0;
  do {
    const query = new URLSearchParams({ limit: '500' });
    if (values.state !== undefined) query.set('state', values.state);
    if (cursor !== undefined) query.set('cursor', cursor);
    const page = await api.json<SloCorrectionPage>(`${CORRECTIONS}?${query.toString()}`);
    for (const correction of page.items) stdout.write(lineOf(correction));
    count += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  if (count === 0) stdout.write('There are no corrections.\n');
  return exitCodes.ok;
}

async function add({ api, values, stdout, rest }: Asked): Promise<number> {
  const { from, to, for: length, reason, objective, service, label = [], id } = values;
  if (rest.length > 0 || from === undefined || reason === undefined || (to === undefined) === (length === undefined))
    throw wrongUsage();
  const fromMs = timeOf(from);
  const toMs = to === undefined ? fromMs + lengthOf(length ?? '') : timeOf(to);
  const labels = Object.fromEntries(label.map(pairOf));
  const scope = {
    ...(objective === undefined ? {} : { objective }),
    ...(service === undefined ? {} : { service }),
    ...(label.length === 0 ? {} : { labels }),
  };
  const body = { fromMs, toMs, scope, reason, ...(id === undefined ? {} : { id }) };
  stdout.write(lineOf(await post(api, CORRECTIONS, body)));
  return exitCodes.ok;
}

async function reverse({ api, values: { reason }, stdout, rest }: Asked): Promise<number> {
  const [id] = rest;
  if (id === undefined || rest.length > 1 || reason === undefined) throw wrongUsage();
  stdout.write(lineOf(await post(api, `${CORRECTIONS}/${encodeURIComponent(id)}/reverse`, { reason })));
  return exitCodes.ok;
}

function post(api: ApiClient, path: string, body: object): Promise<SloCorrection> {
  const headers = { 'content-type': 'application/json' };
  return api.json<SloCorrection>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

function lineOf({ id, fromMs, toMs, scope, reason, author, reversal }: SloCorrection): string {
  const { objective, service, labels = {} } = scope;
  const about = [objective, service, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)];
  const known = about.filter((one) => one !== undefined).join(' ');
  const taken = reversal === undefined ? '' : `  taken back by ${reversal.author}: ${reversal.reason}`;
  const times = [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 16)).join(' to ');
  return `${printable(`${id}  ${times}  ${known}  ${reason} (${author})${taken}`)}\n`;
}

function timeOf(text: string): number {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  throw new SentinelError('SENTINEL_USAGE', `${text} is no time. Write it as in 2026-03-01T02:00:00Z.`);
}

function lengthOf(text: string): number {
  const ms = promDuration(text);
  if (ms !== undefined) return ms;
  throw new SentinelError('SENTINEL_USAGE', `${text} is no length of time. Write it as in 90m or 2h.`);
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new SentinelError('SENTINEL_USAGE', `${text} is no label. Write it as in region=eu.`);
}

function wrongUsage(): SentinelError {
  return new SentinelError('SENTINEL_USAGE', `usage:\n${deskUsage}`);
}
