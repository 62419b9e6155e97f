import type { Life } from './child-process.ts';
import type { Sent } from './senders.ts';

/** What a life under load has told its senders. */
export interface Loaded {
  readonly sent: Sent;
  /** How many of the backends, at least, a request was owed to that was sent and answered at those times. */
  readonly owedTo: (times: { readonly beganMs: number; readonly endedMs: number }) => number;
}

export interface Reckoned {
  readonly letters: Awaited<ReturnType<Life['settle']>>;
  readonly owedTo: Loaded['owedTo'];
}
