import { parseArgs } from 'node:util';
import type { DeadLetter, DeadLetterDetail, DeadLetterPage, DeadLetterReplay } from '../contract/dead-letter.ts';
import { SentinelError } from '../runtime/errors.ts';
import { type ApiClient, createApiClient, ownApiUrl } from './api-client.ts';
import { type Command, type CommandContext, exitCodes } from './command.ts';
import { letterLines, letterTable, printable } from './letter-text.ts';
import { settingsOrThrow } from './settings-file.ts';
import { writeNewFile } from './write-new-file.ts';

const usage = `usage: sentinel dead-letters list [--backend NAME] [--signal traces|metrics|logs]
       sentinel dead-letters show ID [--raw FILE]
       sentinel dead-letters replay ID… | --all [--backend NAME] [--signal …] [--to NAME]
       sentinel dead-letters drop ID… | --all [--backend NAME] [--signal …]
       each with [--url URL] [--config FILE]; the token of the API in SENTINEL_TOKEN`;

const LETTERS = '/api/v1/dead-letters';

interface Asked {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly raw: string | undefined;
  readonly backend: string | undefined;
  readonly signal: string | undefined;
  /** Another backend than the letter's own. */
  readonly to: string | undefined;
}

type Verb = (api: ApiClient, asked: Asked, stdout: CommandContext['stdout']) => Promise<number>;

/**
 * `sentinel dead-letters list|show|replay|drop`: asks the running Sentinel. It alone writes to their files, and has the
 * connections, the access rules and the log of who did what.
 */
export const deadLettersCommand: Command = {
  summary: 'dead-letters list|show|replay|drop  requests that a backend will not take; asks the running Sentinel',
  usage,
  async run({ args, env, stdout }) {
    const options = {
      config: { type: 'string', short: 'c' },
      url: { type: 'string' },
      backend: { type: 'string' },
      signal: { type: 'string' },
      all: { type: 'boolean' },
      raw: { type: 'string' },
      to: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb = '', ...ids] = positionals;
    const perform = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (perform === undefined) throw new SentinelError('SENTINEL_USAGE', usage);
    const url = values.url ?? ownApiUrl(settingsOrThrow(values.config, env).api);
    const api = createApiClient({ url, token: env['SENTINEL_TOKEN'] || undefined, fetch: globalThis.fetch });
    const { all = false, raw, backend, signal, to } = values;
    if (to !== undefined && verb !== 'replay') throw new SentinelError('SENTINEL_USAGE', usage);
    return perform(api, { ids, all, raw, backend, signal, to }, stdout);
  },
};

const verbs: Readonly<Record<string, Verb>> = { list, show, replay, drop };

async function list(api: ApiClient, asked: Asked, stdout: CommandContext['stdout']): Promise<number> {
  const letters: DeadLetter[] = [];
  for await (const letter of eachOf(api, asked)) letters.push(letter);
  stdout.write(letters.length === 0 ? 'There are no dead letters.\n' : letterTable(letters));
  return exitCodes.ok;
}

async function show(api: ApiClient, { ids, raw }: Asked, stdout: CommandContext['stdout']): Promise<number> {
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new SentinelError('SENTINEL_USAGE', usage);
  const letter = await api.json<DeadLetterDetail>(`${LETTERS}/${encodeURIComponent(id)}`);
  stdout.write(letterLines(letter));
  if (raw === undefined) return exitCodes.ok;
  const bytes = await api.bytes(`${LETTERS}/${encodeURIComponent(id)}/body`);
  // It is telemetry as it came, unmasked.
  writeNewFile(raw, bytes);
  stdout.write(`\n${raw}: ${bytes.length} bytes as received (${letter.encoding}, ${letter.compression}).\n`);
  return exitCodes.ok;
}

async function replay(api: ApiClient, asked: Asked, stdout: CommandContext['stdout']): Promise<number> {
  const counts = { delivered: 0, refused: 0, postponed: 0, 'left alone': 0, 'not there': 0 };
  const silent = new Set<string>();
  const query = asked.to === undefined ? '' : `?${new URLSearchParams({ to: asked.to }).toString()}`;
  for (const { id, ...letter } of await chosen(api, asked)) {
    const backend = asked.to ?? letter.backend;
    if (silent.has(backend)) {
      counts['left alone']++;
      continue;
    }
    const path = `${LETTERS}/${encodeURIComponent(id)}/replay${query}`;
    const answer = await api.ifThere<DeadLetterReplay>(path, { method: 'POST' });
    if (answer.kind === 'gone') {
      counts['not there']++;
      stdout.write(`${id}  not there\n`);
      continue;
    }
    const { outcome, reason } = answer.body;
    counts[outcome]++;
    stdout.write(`${id}  ${outcome}${reason === undefined ? '' : `: ${printable(reason)}`}\n`);
    // A backend that does not answer would keep each of the others waiting just as long.
    if (outcome === 'postponed' && backend !== '') silent.add(backend);
  }
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  stdout.write(
    told.length === 0 ? 'There was nothing to replay.\n' : `${told.map(([what, n]) => `${n} ${what}`).join(', ')}.\n`,
  );
  // Those of a list may have gone meanwhile, those that were named should be there.
  const missing = asked.all ? 0 : counts['not there'];
  return counts.refused + counts.postponed + counts['left alone'] + missing === 0 ? exitCodes.ok : exitCodes.failed;
}

async function drop(api: ApiClient, asked: Asked, stdout: CommandContext['stdout']): Promise<number> {
  const counts = { dropped: 0, 'not there': 0 };
  for (const { id } of await chosen(api, asked)) {
    const outcome = await api.ifThere<undefined>(`${LETTERS}/${encodeURIComponent(id)}`, { method: 'DELETE' });
    counts[outcome.kind === 'gone' ? 'not there' : 'dropped']++;
    if (outcome.kind === 'gone') stdout.write(`${id}  not there\n`);
  }
  stdout.write(`${counts.dropped} dropped.\n`);
  return counts['not there'] === 0 ? exitCodes.ok : exitCodes.failed;
}

/** The oldest first, as they were sent. Ids that were named are taken at their word. */
async function chosen(api: ApiClient, asked: Asked): Promise<readonly { id: string; backend: string }[]> {
  const { ids, all, backend, signal } = asked;
  const isFiltered = backend !== undefined || signal !== undefined;
  if (all === ids.length > 0 || (isFiltered && !all)) throw new SentinelError('SENTINEL_USAGE', usage);
  if (!all) return [...new Set(ids)].map((id) => ({ id, backend: '' }));
  const letters: DeadLetter[] = [];
  for await (const letter of eachOf(api, asked)) letters.push(letter);
  return letters.reverse();
}

async function* eachOf(api: ApiClient, { backend, signal }: Asked): AsyncGenerator<DeadLetter> {
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '500' });
    for (const [name, value] of Object.entries({ backend, signal, cursor })) {
      if (value !== undefined) query.set(name, value);
    }
    const page = await api.json<DeadLetterPage>(`${LETTERS}?${query.toString()}`);
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
