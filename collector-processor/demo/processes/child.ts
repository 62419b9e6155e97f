import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const STDERR_LINES = 20;
const READY_MS = 30_000;

export interface ChildPlan {
  readonly name: string;
  /** Arguments of `node`: flags, script, its arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A child process of the demo with an open channel; when the demo is gone the channel closes and the child leaves. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves with one sentence when the process has ended. */
  readonly exited: Promise<string>;
  /** Last lines of its standard error. */
  stderr(): readonly string[];
  /** Resolves when the message is on its way, or lost because the process has ended. */
  send(message: object): Promise<void>;
  /** First message that `accept` takes; rejects when the process ends before, or after half a minute. */
  message<T>(accept: (message: unknown) => message is T): Promise<T>;
  /** Lets it end by itself after `ask`; ends it by force after `graceMs`. */
  stop(ask: () => void, graceMs: number): Promise<void>;
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export function startChild({ name, args, env }: ChildPlan): Child {
  const child = spawn(process.execPath, args, {
    env: inherited(env),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C reaches the demo, and the demo ends its children in their order.
    detached: true,
    windowsHide: true,
  });
  const lines = keepLastLines(child);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`${name} ended with ${signal ?? `code ${code ?? 0}`}`));
  });

  function message<T>(accept: (message: unknown) => message is T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const listen = (received: unknown): void => {
      if (accept(received)) resolve(received);
    };
    child.on('message', listen);
    const timer = setTimeout(() => reject(new Error(`${name} was not ready in time`)), READY_MS);
    void exited.then((sentence) => reject(new Error([sentence, ...lines].join('\n'))));
    return promise.finally(() => {
      clearTimeout(timer);
      child.off('message', listen);
    });
  }

  return {
    name,
    pid: child.pid ?? 0,
    exited,
    message,
    stderr: () => lines,
    send: (value) => new Promise((resolve) => (child.connected ? child.send(value, () => resolve()) : resolve())),
    signal: (signal) => void child.kill(signal),
    async stop(ask, graceMs) {
      ask();
      const grace = new AbortController();
      await Promise.race([exited, delay(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)]);
      grace.abort();
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** npm's and Jest's flags for Node are not meant for the shop. */
function inherited(env: ChildPlan['env']): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('OTEL_'));
  return { ...Object.fromEntries(kept), ...env };
}

function keepLastLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''));
    lines.splice(0, lines.length - STDERR_LINES);
  });
  return lines;
}
