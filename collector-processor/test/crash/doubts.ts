import { owedAtKill } from './owed-at-kill.ts';
import type { MoodySink } from './sinks.ts';
import type { Unanswered } from './unanswered.ts';

/** Which ids may have come twice: those of which nobody could know whether a backend had taken them. */
export class Doubts {
  readonly #sinks: readonly MoodySink[];
  readonly #pairs = new Set<string>();

  constructor(sinks: readonly MoodySink[]) {
    this.#sinks = sinks;
  }

  has(pair: string): boolean {
    return this.#pairs.has(pair);
  }

  /** The kill came before the log could note what had become of them. */
  async killed(folder: string): Promise<void> {
    for (const pair of await owedAtKill(folder)) this.#pairs.add(pair);
  }

  /** Their senders were told nothing. */
  unresolved(ids: readonly string[]): void {
    for (const id of ids) for (const index of this.#sinks.keys()) this.#pairs.add(`otlphttp/${index} ${id}`);
  }

  /** One backend was too late with its answer. */
  unanswered({ origin, ids }: Unanswered): void {
    const index = this.#sinks.findIndex(({ sink }) => sink.httpUrl === origin);
    for (const id of ids) this.#pairs.add(`otlphttp/${index} ${id}`);
  }
}
