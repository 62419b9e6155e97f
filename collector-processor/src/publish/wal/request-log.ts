import type { Backlog, Kept } from './backlog.ts';
import type { DeadLetters } from './dead-letters.ts';
import { type KeptRequest, toRecord } from './kept-request.ts';

/** A request without the backends that it is owed to. */
export type LoggedRequest = Omit<KeptRequest, 'owed'>;

/** What an attempt came to that was under way when its request was kept: `failed` hands it to the drain. */
export type Fate =
  | { readonly kind: 'delivered' | 'failed' }
  | { readonly kind: 'dead'; readonly reason: string; readonly request: LoggedRequest };

/** The log as one who forwards sees it. */
export interface RequestLog {
  /** `owed` says for each backend that is owed the request whether it is being sent from memory now (`live`). */
  keep(
    request: LoggedRequest,
    owed: ReadonlyMap<string, 'live' | 'stored'>,
  ): { readonly id: number; readonly kept: Kept['kept'] };
  /** Once for each `live` backend of a request that was kept. */
  land(id: number, backend: string, fate: Fate): void;
}

interface RequestLogParts {
  readonly backlog: Backlog;
  readonly deadLetters: DeadLetters;
}

export function createRequestLog({ backlog, deadLetters }: RequestLogParts): RequestLog {
  async function bury(sequence: number, backend: string, { request, reason }: Extract<Fate, { kind: 'dead' }>) {
    const isBuried = await deadLetters.add({ ...request, owed: [backend] }, { backend, reason });
    if (isBuried) backlog.feed(backend).settle(sequence);
    else backlog.feed(backend).release(sequence, reason);
  }

  return {
    keep(request, owed) {
      const { sequence, kept } = backlog.append(toRecord(request, [...owed.keys()]), owed);
      return { id: sequence, kept };
    },
    land(sequence, backend, fate) {
      if (fate.kind === 'dead') void bury(sequence, backend, fate);
      else if (fate.kind === 'failed') backlog.feed(backend).release(sequence);
      else backlog.feed(backend).settle(sequence);
    },
  };
}
