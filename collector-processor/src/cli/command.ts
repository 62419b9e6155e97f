import type { Writable } from 'node:stream';

/** What a command needs from outside; tests pass their own. */
export interface CommandContext {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Pick<Writable, 'write'>;
  readonly stderr: Pick<Writable, 'write'>;
}

export interface Command {
  /** One line for the help text. */
  readonly summary: string;
  /** All its forms; printed for --help. */
  readonly usage: string;
  /** Resolves to the exit code. */
  readonly run: (context: CommandContext) => Promise<number>;
}

/** `forced`: a second Ctrl-C while stopping (128 + SIGINT, as shells count). */
export const exitCodes = { ok: 0, failed: 1, usage: 2, forced: 130 } as const;
