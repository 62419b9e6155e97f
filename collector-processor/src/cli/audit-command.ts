import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type ChainState, ChainVerifier } from '../act/audit/chain.ts';
import { auditEntryOf } from '../act/audit/read-export.ts';
import { messageOf, SentinelError } from '../runtime/errors.ts';
import { type Command, type CommandContext, exitCodes } from './command.ts';

const usage = `usage: sentinel audit verify FILE [--head HASH]   whether an exported audit is what was written, whole and in order
       HASH: of the last entry, kept elsewhere; without it an end that was cut off does not show`;

const faults = {
  changed: 'it is not what was written',
  gap: 'entries before it are missing',
  order: 'it stands in the place of another',
} as const;

/** `sentinel audit verify`: finds any change, gap or reorder in an exported audit. */
export const auditCommand: Command = {
  summary: 'audit verify FILE [--head HASH]    whether an exported audit is whole and unchanged',
  usage,
  async run({ args, stdout }) {
    const options = { head: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, file, ...rest] = positionals;
    if (verb !== 'verify' || file === undefined || rest.length > 0) throw new SentinelError('SENTINEL_USAGE', usage);
    const verifier = new ChainVerifier();
    let line = 0;
    for await (const text of linesOf(file)) {
      line++;
      const entry = auditEntryOf(text);
      if (entry === undefined) {
        stdout.write(`Chain broken at line ${line}: it is no entry. Entries after it cannot be trusted.\n`);
        return exitCodes.failed;
      }
      if (!verifier.next(entry)) break;
    }
    return tell(verifier.state(), values.head, stdout);
  },
};

function tell(state: ChainState, kept: string | undefined, stdout: CommandContext['stdout']): number {
  if (state.kind === 'broken') {
    const when = new Date(state.atMs).toISOString();
    const { sequence, why } = state;
    stdout.write(`Chain broken at entry ${sequence}, ${when}: ${faults[why]}. Entries after it cannot be trusted.\n`);
    return exitCodes.failed;
  }
  if (kept !== undefined && kept !== state.head?.hash) {
    stdout.write(`Chain cut off: entry ${state.entries} is not the one with hash ${kept}.\n`);
    return exitCodes.failed;
  }
  stdout.write(`Chain intact: ${state.entries} entries. Head: ${state.head?.hash ?? 'none'}\n`);
  return exitCodes.ok;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file).catch((error: unknown) => {
    const message = `${file} cannot be read: ${messageOf(error)}. Name an exported audit.`;
    throw new SentinelError('SENTINEL_FILE_UNREADABLE', message, { cause: error });
  });
  for await (const line of handle.readLines()) if (line !== '') yield line;
}
