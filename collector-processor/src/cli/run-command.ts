import { codeOf, type ErrorCode, messageOf, SentinelError } from '../runtime/errors.ts';
import { exitCodes } from './command.ts';
import { commands, helpText } from './commands.ts';

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const asked = ['help', '--help', '-h'].includes(name);
    (asked ? process.stdout : process.stderr).write(asked ? helpText() : `Unknown command "${name}".\n${helpText()}`);
    return asked ? exitCodes.ok : exitCodes.usage;
  }
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(`${command.usage}\n`);
    return exitCodes.ok;
  }
  return command.run({ args, env: process.env, stdout: process.stdout, stderr: process.stderr });
}

/** A flag that does not exist, as node:util says it. */
function usageCode(error: unknown): ErrorCode | undefined {
  return codeOf(error).startsWith('ERR_PARSE_ARGS_') ? 'SENTINEL_USAGE' : undefined;
}

/** Runs the command that the arguments name; resolves to the exit code. Faults are told on standard error. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    return await main(args);
  } catch (error) {
    const known = error instanceof SentinelError ? error.code : usageCode(error);
    const detail = known === undefined && error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    process.stderr.write(`${known ?? 'SENTINEL_INTERNAL'}: ${detail}\n`);
    return known === 'SENTINEL_USAGE' ? exitCodes.usage : exitCodes.failed;
  }
}
