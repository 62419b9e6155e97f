import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import { type Command, type CommandContext, exitCodes } from './command.ts';
import { bundledDataSources } from './grafana/bundled.ts';
import { createGrafanaAdmin, failed, type GrafanaAdmin } from './grafana/grafana-admin.ts';
import { planInstall } from './grafana/install.ts';
import type { Made, Part } from './grafana/part.ts';
import { readRecord, writeRecord } from './grafana/record.ts';
import { nameOf, undo } from './grafana/uninstall.ts';

const usage = `usage: sentinel grafana install   [--yes] [--api-url URL] [--metrics-url URL] [--logs-url URL] [--traces-url URL]
                                   [--token-file FILE]
       sentinel grafana status    what of it is there
       sentinel grafana uninstall [--yes]   removes what install made, and nothing else
       all: [--url URL] (or GRAFANA_URL) [--record FILE] (sentinel-grafana.json)
       GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD: of an administrator of the organisation
       SENTINEL_API_TOKEN: with which Grafana asks the sidecar
       Without --yes the plan is shown and nothing is changed.`;

const options = {
  url: { type: 'string' },
  yes: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  record: { type: 'string', default: 'sentinel-grafana.json' },
  'token-file': { type: 'string' },
  'api-url': { type: 'string' },
  'metrics-url': { type: 'string' },
  'logs-url': { type: 'string' },
  'traces-url': { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

interface Asked {
  readonly grafana: GrafanaAdmin;
  readonly values: Values;
  readonly record: string;
  readonly context: CommandContext;
}

/** `sentinel grafana install|status|uninstall`: brings Sentinel into a Grafana that is there, through its API. */
export const grafanaCommand: Command = {
  summary: 'grafana install|status|uninstall   bring app, folder and account into a Grafana, and out again',
  usage,
  async run(context) {
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const verb = verbs[positionals.join()];
    const url = (values.url ?? context.env['GRAFANA_URL'] ?? '').replace(/\/+$/, '');
    if (verb === undefined || url === '') throw new SentinelError('SENTINEL_USAGE', usage);
    const grafana = createGrafanaAdmin({ url, authorization: authorizationOf(context.env), fetch });
    return verb({ grafana, values, record: values.record, context });
  },
};

const verbs: Readonly<Record<string, (asked: Asked) => Promise<number>>> = { install, status, uninstall };

function authorizationOf({
  GRAFANA_TOKEN: token,
  GRAFANA_USER: user,
  GRAFANA_PASSWORD: password,
}: CommandContext['env']) {
  if (token !== undefined && token !== '') return `Bearer ${token}`;
  if (user !== undefined && password !== undefined)
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  throw failed('Set GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD, of an administrator of the organisation.');
}

function planOf({ grafana, values, context }: Asked): Promise<readonly Part[]> {
  const isValid = async (token: string): Promise<boolean> =>
    (await fetch(`${grafana.url}/api/folders`, { headers: { authorization: `Bearer ${token}` } })).ok;
  return planInstall(grafana, {
    dataSources: bundledDataSources({
      prometheus: values['metrics-url'],
      loki: values['logs-url'],
      tempo: values['traces-url'],
    }),
    app: { apiUrl: values['api-url'], apiToken: context.env['SENTINEL_API_TOKEN'] },
    account: {
      tokenFile: values['token-file'],
      print: (text) => context.stdout.write(text),
      isValid,
      nowMs: Date.now(),
    },
  });
}

function describe(parts: readonly Part[]): string {
  return parts.map(({ name, missing }) => `${missing === undefined ? 'there   ' : 'missing '} ${name}\n`).join('');
}

async function status(asked: Asked): Promise<number> {
  const parts = await planOf(asked);
  asked.context.stdout.write(describe(parts));
  return parts.every(({ missing }) => missing === undefined) ? exitCodes.ok : exitCodes.failed;
}

async function install(asked: Asked): Promise<number> {
  const { grafana, values, context } = asked;
  const record = readRecord(asked.record, grafana.url);
  const todo = (await planOf(asked)).filter(({ missing }) => missing !== undefined);
  if (todo.length === 0) {
    context.stdout.write(`Everything is there in ${grafana.url}.\n`);
    return exitCodes.ok;
  }
  context.stdout.write(
    `In ${grafana.url}:\n${todo.map(({ name, missing = '' }) => `  ${name}: ${missing}\n`).join('')}`,
  );
  const needs = todo.find((part) => part.needs !== undefined)?.needs;
  if (needs !== undefined) throw failed(needs);
  if (!mayGoOn(asked)) return values['dry-run'] ? exitCodes.ok : exitCodes.failed;
  const made = [...record.made];
  for (const part of todo) {
    await part.make((thing) => {
      made.push(thing);
      writeRecord(asked.record, { ...record, made });
    });
  }
  context.stdout.write(`Done. What was made stands in ${asked.record}; "sentinel grafana uninstall" removes it.\n`);
  return exitCodes.ok;
}

function mayGoOn({ values, context }: Asked): boolean {
  if (values.yes && !values['dry-run']) return true;
  context.stdout.write('Nothing was changed. Add --yes to do it.\n');
  return false;
}

async function uninstall(asked: Asked): Promise<number> {
  const { grafana, values, context } = asked;
  const record = readRecord(asked.record, grafana.url);
  const made = record.made.toReversed();
  if (made.length === 0) {
    context.stdout.write(`${asked.record} has nothing that was made in ${grafana.url}.\n`);
    return exitCodes.ok;
  }
  context.stdout.write(`In ${grafana.url} is removed:\n${made.map((thing) => `  ${nameOf(thing)}\n`).join('')}`);
  if (!mayGoOn(asked)) return values['dry-run'] ? exitCodes.ok : exitCodes.failed;
  const left: Made[] = [];
  for (const [index, thing] of made.entries()) {
    const outcome = await undo(grafana, thing);
    if (outcome === 'in use') left.push(thing);
    if (outcome !== 'removed') context.stdout.write(`${nameOf(thing)}: ${outcomes[outcome]}.\n`);
    // What is not undone yet stays on record when the next request fails.
    const rest = [...made.slice(index + 1).reverse(), ...left.toReversed()];
    writeRecord(asked.record, { ...record, made: rest });
  }
  return exitCodes.ok;
}

const outcomes = { gone: 'was gone already', 'in use': 'holds other things, so it stays' } as const;
