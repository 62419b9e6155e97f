import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const KEPT_CHARACTERS = 4000;
const STOP_MS = 30_000;

/** Another program under test. */
export interface Program {
  /** 0 when it could not be started. */
  readonly pid: number;
  /** How it ended and what it said last, or `undefined` while it runs. */
  ended(): string | undefined;
  /** Waits until it ends by itself; throws when it did not end well. */
  finished(): Promise<void>;
  /** SIGTERM; throws when it did not end well. */
  stop(): Promise<void>;
}

interface Surroundings {
  /** Added to the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

export function startProgram(file: string, args: readonly string[], { env, cwd }: Surroundings = {}): Program {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment(), ...env }, cwd });
  const said = lastWords(child);
  let end: string | undefined;
  const exit = once(child, 'exit').then(
    ([code, signal]) => (end = `${file} ended with ${String(signal ?? code)}\n${said()}`),
    (error: unknown) => (end = `${file} could not be started: ${String(error)}`),
  );

  async function finished(): Promise<void> {
    await exit;
    if (child.exitCode !== 0) throw new Error(end);
  }

  return {
    pid: child.pid ?? 0,
    ended: () => end,
    finished,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await finished();
      clearTimeout(late);
    },
  };
}

/** npm's and Jest's flags for Node are not meant for it. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'));
}

function lastWords({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (words: string) => (text = (text + words).slice(-KEPT_CHARACTERS)));
  }
  return () => text;
}
