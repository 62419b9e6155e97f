import { type OtlpSink, startOtlpSink } from '../../src/testing/otlp-sink.ts';
import { stores, type SinkAnswer } from '../../src/testing/sink/sink-answer.ts';
import { idsIn } from './ids.ts';

/** What a backend is like for a while. */
const moods: readonly ((ids: readonly string[], random: () => number) => SinkAnswer)[] = [
  () => ({ kind: 'ok' }),
  () => ({ kind: 'ok' }),
  () => ({ kind: 'status', status: 503 }),
  () => ({ kind: 'status', status: 503, retryAfterS: 0 }),
  () => ({ kind: 'status', status: 429, retryAfterS: 0 }),
  () => ({ kind: 'status', status: 401 }),
  () => ({ kind: 'status', status: 413 }),
  // Only some bodies are refused: those that are joined to them must get through.
  (ids) =>
    ids.some((id) => id.endsWith('7')) ? { kind: 'status', status: 400, message: 'no sevens' } : { kind: 'ok' },
  () => ({ kind: 'hang' }),
  () => ({ kind: 'reset' }),
  // It takes all, and answers when nobody waits any more.
  () => ({ kind: 'slow', delayMs: 2500 }),
  (_ids, random) => ({ kind: 'slow', delayMs: random() * 150 }),
  (_ids, random) => ({ kind: 'slow', delayMs: random() * 150, then: { kind: 'status', status: 400 } }),
  () => ({ kind: 'partial', rejected: 1, message: 'the first is too old' }),
];

/** A backend that changes its mind, and remembers every id that it has taken, and how often. */
export class MoodySink {
  readonly sink: OtlpSink;
  readonly taken = new Map<string, number>();
  readonly #random: () => number;

  static async start(random: () => number): Promise<MoodySink> {
    return new MoodySink(await startOtlpSink({ keep: 'tally' }), random);
  }

  private constructor(sink: OtlpSink, random: () => number) {
    this.sink = sink;
    this.#random = random;
  }

  changeMood(): void {
    const mood = moods[Math.floor(this.#random() * moods.length)];
    if (mood !== undefined) this.#become((ids) => mood(ids, this.#random));
  }

  becomeGood(): void {
    this.#become(() => ({ kind: 'ok' }));
  }

  becomeDead(): void {
    this.#become(() => ({ kind: 'status', status: 503 }));
  }

  #become(answerTo: (ids: readonly string[]) => SinkAnswer): void {
    this.sink.answer(({ payload }) => {
      const ids = idsIn(payload);
      const answer = answerTo(ids);
      const isPartial = answer.kind === 'partial';
      if (stores(answer))
        for (const id of ids.slice(isPartial ? 1 : 0)) this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
      return answer;
    });
  }
}
