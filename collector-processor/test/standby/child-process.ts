import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { DutyState } from '../../src/store/duty.ts';
import type { StandbyMessage, StandbyOptions } from './standby-child.ts';

const PATIENCE_MS = 60_000;

/** A process on the store, and what it said last. */
export class Member {
  readonly #process: ChildProcess;
  #last: StandbyMessage | undefined;

  constructor(options: StandbyOptions) {
    this.#process = fork(new URL('standby-child.ts', import.meta.url), [JSON.stringify(options)]);
    this.#process.on('message', (message: StandbyMessage) => (this.#last = message));
  }

  get state(): DutyState | undefined {
    return this.#last?.state;
  }

  /** Resolves to the time at which it said that it is in that state. */
  async until(state: DutyState): Promise<number> {
    const untilMs = Date.now() + PATIENCE_MS;
    while (this.#last?.state !== state) {
      if (Date.now() > untilMs) throw new Error(`The process is ${this.#last?.state ?? 'silent'} instead of ${state}.`);
      await delay(5);
    }
    return this.#last.atMs;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
  }
}
