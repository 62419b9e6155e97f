import type { ExportOutcome } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetters } from './dead-letters.ts';
import { isFaultOfBackend, partialReason } from './drain.ts';
import type { KeptRequest } from './kept-request.ts';

/**
 * `delivered`: the backend has acknowledged it and the letter is gone. `refused`: it stays, with the new reason and one
 * more refusal. `postponed`: nothing is known of its worth, because the backend did not answer or another replay is under way.
 */
export type LetterReplay =
  | { readonly kind: 'delivered' | 'unknown' | 'busy' }
  | { readonly kind: 'refused'; readonly reason: string; readonly letter: DeadLetter }
  | { readonly kind: 'postponed'; readonly reason: string }
  /** It was not sent: the backend that was asked for cannot take it. */
  | { readonly kind: 'unfit'; readonly reason: string };

export interface LetterReplaysParts {
  readonly letters: DeadLetters;
  /** Once more, to that backend alone. */
  readonly redeliver: (backend: string, request: KeptRequest) => Promise<ExportOutcome>;
  /** Why a backend that somebody names cannot take the signal; `undefined` when it can. */
  readonly unfit: (backend: string, signal: Signal) => string | undefined;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface LetterReplays {
  /**
   * One try, with the pauses and repeats that the backend's settings allow; `to` names another backend than the letter's own.
   * Never rejects.
   */
  replay(id: string, to?: string): Promise<LetterReplay>;
  /** Gives it up for good. `failed`: the disk does not take that now. */
  drop(id: string): Promise<'dropped' | 'unknown' | 'busy' | 'failed'>;
}

/** What a person may have done with dead letters. Nothing of it passes decode or score. */
export function createLetterReplays({ letters, redeliver, unfit, logger, metrics }: LetterReplaysParts): LetterReplays {
  const busy = new Set<string>();
  const help = 'Dead letters that somebody sent again, by what became of it.';
  const counted = (outcome: string) =>
    metrics.counter({ name: 'sentinel_dead_letters_replayed_total', help, labels: { outcome } });
  const replayed = {
    delivered: counted('delivered'),
    refused: counted('refused'),
    postponed: counted('postponed'),
  };
  const dropped = metrics.counter({
    name: 'sentinel_dead_letters_dropped_total',
    help: 'Dead letters that somebody gave up.',
  });

  async function send(id: string, to?: string): Promise<LetterReplay> {
    const found = await letters.get(id);
    if (found === undefined) return { kind: 'unknown' };
    const misfit = to === undefined ? undefined : unfit(to, found.letter.signal);
    if (misfit !== undefined) return { kind: 'unfit', reason: misfit };
    const backend = to ?? found.letter.backend;
    const outcome = await redeliver(backend, found.request);
    if (outcome.kind === 'retry' || (outcome.kind === 'refused' && isFaultOfBackend(outcome))) {
      replayed.postponed.add(1);
      return { kind: 'postponed', reason: outcome.reason };
    }
    const reason = outcome.kind === 'refused' ? outcome.reason : partialReason(outcome);
    if (reason === undefined) {
      replayed.delivered.add(1);
      logger.info({ backend, id }, 'A dead letter was delivered.');
      // Should the disk fail now the letter stays; it may then be sent twice, but not lost.
      await letters.drop(id);
      return { kind: 'delivered' };
    }
    replayed.refused.add(1);
    const letter = await letters.refused(id, to === undefined ? reason : `${to}: ${reason}`);
    return letter === undefined ? { kind: 'unknown' } : { kind: 'refused', reason, letter };
  }

  async function alone<Result>(id: string, work: (id: string) => Promise<Result>): Promise<Result | undefined> {
    if (busy.has(id)) return undefined;
    busy.add(id);
    try {
      return await work(id);
    } finally {
      busy.delete(id);
    }
  }

  return {
    replay: async (id, to) => (await alone(id, (each) => send(each, to))) ?? { kind: 'busy' },
    async drop(id) {
      if (!letters.has(id)) return 'unknown';
      const gone = await alone(id, (each) => letters.drop(each));
      if (gone === true) dropped.add(1);
      return gone === undefined ? 'busy' : gone ? 'dropped' : 'failed';
    },
  };
}
