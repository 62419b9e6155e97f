import type { RequestLog } from '../../publish/wal/request-log.ts';
import type { FromLog, ToLog } from './messages.ts';

/** What one ingest thread has in the write-ahead log and is still sending itself. */
export class ThreadLog {
  readonly #log: RequestLog;
  readonly #reply: (message: FromLog) => void;
  /** By the thread's name of the request. */
  readonly #live = new Map<number, { readonly sequence: number; readonly backends: Set<string> }>();

  constructor(log: RequestLog, reply: (message: FromLog) => void) {
    this.#log = log;
    this.#reply = reply;
  }

  take(message: ToLog): void {
    if (message.kind === 'keep') this.#keep(message);
    else this.#land(message);
  }

  /** The thread has ended: whatever it was sending is the drains' from now on. */
  end(): void {
    for (const { sequence, backends } of this.#live.values()) {
      for (const backend of backends) this.#log.land(sequence, backend, { kind: 'failed' });
    }
    this.#live.clear();
  }

  #keep({ id, request, owed }: Extract<ToLog, { kind: 'keep' }>): void {
    const { id: sequence, kept } = this.#log.keep(request, owed);
    const backends = new Set([...owed].flatMap(([name, stand]) => (stand === 'live' ? [name] : [])));
    if (backends.size > 0) this.#live.set(id, { sequence, backends });
    void kept.then((outcome) => {
      if (outcome.kind !== 'kept') this.#live.delete(id);
      this.#reply({ kind: 'logged', id, outcome: outcome.kind === 'kept' ? { kind: 'kept' } : outcome });
    });
  }

  #land({ id, backend, fate }: Extract<ToLog, { kind: 'land' }>): void {
    const entry = this.#live.get(id);
    if (entry?.backends.delete(backend) !== true) return;
    if (entry.backends.size === 0) this.#live.delete(id);
    this.#log.land(entry.sequence, backend, fate);
  }
}
