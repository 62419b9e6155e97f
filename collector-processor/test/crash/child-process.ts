import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildMessage, ChildOptions } from './crash-child.ts';
import type { Unanswered } from './unanswered.ts';

const PATIENCE_MS = 180_000;

/** One life of the child. */
export class Life {
  readonly url: string;
  readonly #process: ChildProcess;

  static async begin(options: ChildOptions, onUnanswered: (unanswered: Unanswered) => void): Promise<Life> {
    const child = fork(new URL('crash-child.ts', import.meta.url), [JSON.stringify(options)]);
    child.on('message', (message: ChildMessage) => {
      if (message.kind === 'unanswered') onUnanswered(message);
    });
    const message = await answerOf(child, 'ready');
    return new Life(child, message.url);
  }

  private constructor(child: ChildProcess, url: string) {
    this.#process = child;
    this.url = url;
  }

  /** The disk begins to have moods. */
  go(): void {
    this.#process.send('go');
  }

  /** Waits until the log holds nothing, and tells what lies with the dead letters. */
  async settle() {
    const answer = answerOf(this.#process, 'settled');
    this.#process.send('settle');
    return (await answer).letters;
  }

  /** Resolves when what is sent from now on meets the new settings. */
  async reload(forward: ChildOptions['forward']): Promise<void> {
    const answer = answerOf(this.#process, 'reloaded');
    this.#process.send({ forward });
    await answer;
  }

  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** Beside messages of other kinds. */
function messageOf(child: ChildProcess, kind: ChildMessage['kind'], signal: AbortSignal): Promise<[ChildMessage]> {
  return new Promise((resolve) => {
    const hear = (message: ChildMessage): void => {
      if (message.kind === kind) resolve([message]);
    };
    child.on('message', hear);
    signal.addEventListener('abort', () => child.off('message', hear));
  });
}

async function answerOf<Kind extends ChildMessage['kind']>(child: ChildProcess, kind: Kind) {
  const late = new AbortController();
  const answer = messageOf(child, kind, late.signal);
  const died = once(child, 'exit', { signal: late.signal }).then(() => ['died']);
  const timeout = delay(PATIENCE_MS, ['late'], { signal: late.signal });
  for (const promise of [answer, died, timeout]) promise.catch(() => undefined);
  const [message] = (await Promise.race([answer, died, timeout])) as readonly [ChildMessage | 'died' | 'late'];
  late.abort();
  if (typeof message === 'string') {
    child.kill('SIGKILL');
    throw new Error(`The child is ${message} instead of ${kind}.`);
  }
  return message as Extract<ChildMessage, { kind: Kind }>;
}
