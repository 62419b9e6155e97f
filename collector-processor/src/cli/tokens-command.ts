import { parseArgs } from 'node:util';
import { SentinelError } from '../runtime/errors.ts';
import type { Store } from '../store/create-store.ts';
import { openStore } from '../store/open-store.ts';
import { type Command, type CommandContext, exitCodes } from './command.ts';
import { readSecret, writeSecret } from './secret-file.ts';
import { settingsOrThrow } from './settings-file.ts';
import { storeDependencies } from './store-dependencies.ts';

const roles = ['reader', 'responder', 'operator', 'admin'] as const;
type Role = (typeof roles)[number];

const usage = `usage: sentinel tokens create --name NAME --role reader|responder|operator|admin [--file FILE] | list | revoke ID
       --file FILE: written there, readable by owner and group; a valid token of that role that it holds already is kept`;

interface Asked {
  readonly name: string | undefined;
  readonly role: string | undefined;
  readonly id: string | undefined;
  /** Where a new token goes instead of standard output. */
  readonly file: string | undefined;
}

/** `sentinel tokens create|list|revoke`: works on the store directly, also beside a running sidecar. */
export const tokensCommand: Command = {
  summary: 'tokens create|list|revoke           manage the tokens of the API',
  usage,
  async run(context) {
    const options = {
      config: { type: 'string', short: 'c' },
      name: { type: 'string' },
      role: { type: 'string' },
      file: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const [verb = '', id] = positionals;
    const perform = verbs[verb];
    if (perform === undefined) throw new SentinelError('SENTINEL_USAGE', usage);
    const settings = settingsOrThrow(values.config, context.env);
    const store = await openStore(storeDependencies(settings.store));
    try {
      return await perform(store, { name: values.name, role: values.role, id, file: values.file }, context);
    } finally {
      await store.close();
    }
  },
};

const verbs: Readonly<Record<string, (store: Store, asked: Asked, context: CommandContext) => Promise<number>>> = {
  create,
  list,
  revoke,
};

async function create({ tokens }: Store, { name, role, file }: Asked, { stdout }: CommandContext): Promise<number> {
  if (name === undefined || !isRole(role)) throw new SentinelError('SENTINEL_USAGE', usage);
  if (file !== undefined && (await tokens.authenticate(readSecret(file)))?.role === role) {
    stdout.write(`${file} holds a valid token.\n`);
    return exitCodes.ok;
  }
  const issued = await tokens.create({ name, role });
  if (issued === undefined) {
    throw new SentinelError(
      'SENTINEL_USAGE',
      'There are as many tokens as there may be. Wait for revoked ones to expire.',
    );
  }
  if (file !== undefined) writeSecret(file, issued.secret);
  stdout.write(file === undefined ? `${issued.secret}\n` : `The token is in ${file}.\n`);
  return exitCodes.ok;
}

async function list({ tokens }: Store, _asked: Asked, { stdout }: CommandContext): Promise<number> {
  for (const { id, name, role, createdAtMs, lastUsedAtMs, revokedAtMs } of await tokens.list()) {
    const used = lastUsedAtMs === undefined ? 'never used' : `used ${new Date(lastUsedAtMs).toISOString()}`;
    const state = revokedAtMs === undefined ? used : `revoked ${new Date(revokedAtMs).toISOString()}`;
    stdout.write(`${id}  ${role.padEnd(9)}  ${new Date(createdAtMs).toISOString()}  ${state}  ${name}\n`);
  }
  return exitCodes.ok;
}

async function revoke({ tokens }: Store, { id }: Asked, { stdout }: CommandContext): Promise<number> {
  if (id === undefined) throw new SentinelError('SENTINEL_USAGE', usage);
  if (!(await tokens.revoke(id))) {
    throw new SentinelError('SENTINEL_USAGE', `There is no token ${id}. "sentinel tokens list" shows their ids.`);
  }
  stdout.write(`Token ${id} is revoked.\n`);
  return exitCodes.ok;
}

function isRole(text: string | undefined): text is Role {
  return roles.some((role) => role === text);
}
