import type { ExportOutcome } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Failures, Replayed } from '../backends/backend.ts';
import type { Feed } from './feed.ts';
import { fromRecord, type KeptRequest } from './kept-request.ts';
import type { LogRecord } from './record.ts';

export interface DrainOptions {
  /** Bytes of records from the log that one backend may hold in memory. */
  readonly replayWindow: number;
  /** A record that has failed alone that often, while others got through, becomes a dead letter. */
  readonly maxLoneFailures: number;
}

export interface DrainParts {
  readonly options: DrainOptions;
  readonly feed: Feed;
  /** One attempt, or several, to bring it to the backend. */
  readonly send: (request: KeptRequest, before: Failures) => Promise<Replayed>;
  /** Makes a dead letter of it; false when that cannot be done now. */
  readonly bury: (request: KeptRequest, reason: string) => Promise<boolean>;
  /** How many requests for the signal the backend has taken so far, from the log or not. */
  readonly delivered: (signal: Signal) => number;
  readonly clock: Clock;
  readonly random: () => number;
}

interface Held extends Failures {
  readonly record: LogRecord;
  readonly request: KeptRequest;
  readonly bytes: number;
  readonly pauses: number;
  /** How many others of its signal had got through when it was last tried. */
  readonly deliveredBefore: number;
  /** Of its failures alone, those since which, or during which, others got through. */
  readonly loneFailures: number;
  readonly notBeforeMs: number;
}

const MAX_RECORDS = 1000;
/** What a record costs beside its bytes. */
const OVERHEAD_BYTES = 1024;
const IDLE_MS = 1000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** No backend can put a record off for longer without being asked again. */
const LONGEST_ASKED_PAUSE_MS = 60_000;

/** Brings to one backend what the log holds for it, a bounded window at a time, for as long as it takes. */
export class Drain {
  readonly #parts: DrainParts;
  readonly #stopped = new AbortController();
  #wake = new AbortController();
  #running: Promise<void> = Promise.resolve();
  /** Waiting for their next attempt. */
  #waiting: Held[] = [];
  #records = 0;
  #bytes = 0;

  constructor(parts: DrainParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#parts.feed.onWork = () => this.#wake.abort();
    this.#running = this.#run();
  }

  /** Hands out no more; what is on its way comes back through `send`. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#wake.abort();
    await this.#running;
    for (const held of this.#waiting.splice(0)) this.#giveBack(held);
  }

  async #run(): Promise<void> {
    const { feed, clock } = this.#parts;
    while (!this.#stopped.signal.aborted) {
      const wake = new AbortController();
      this.#wake = wake;
      const due = this.#takeDue();
      const record = due === undefined && this.#hasRoom() ? await feed.next() : undefined;
      if (due !== undefined) void this.#attempt(due);
      else if (record !== undefined) this.#take(record);
      else await clock.sleep(this.#untilDueMs(), wake.signal);
    }
  }

  #hasRoom(): boolean {
    return this.#records < MAX_RECORDS && (this.#bytes < this.#parts.options.replayWindow || this.#records === 0);
  }

  #takeDue(): Held | undefined {
    const nowMs = this.#parts.clock.monotonicMs();
    const index = this.#waiting.findIndex(({ notBeforeMs }) => notBeforeMs <= nowMs);
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  #untilDueMs(): number {
    const nowMs = this.#parts.clock.monotonicMs();
    return this.#waiting.reduce((ms, { notBeforeMs }) => Math.max(1, Math.min(ms, notBeforeMs - nowMs)), IDLE_MS);
  }

  #take(record: LogRecord): void {
    const request = fromRecord(record);
    if (request === undefined) {
      this.#parts.feed.lose(record.sequence, 'it holds no request');
      return;
    }
    const bytes = record.body.length + OVERHEAD_BYTES;
    this.#records++;
    this.#bytes += bytes;
    const deliveredBefore = this.#parts.delivered(request.signal);
    const untried = { failedAttempts: 0, failedAlone: 0, loneFailures: 0, pauses: 0, notBeforeMs: 0, deliveredBefore };
    void this.#attempt({ record, request, bytes, ...untried });
  }

  /** Never rejects. */
  async #attempt(held: Held): Promise<void> {
    const known = this.#parts.feed.deaths.of(held.record.sequence);
    if (known !== undefined) {
      await this.#bury(held, known);
      return;
    }
    const { outcome, failedAttempts, failedAlone } = faultOfBackend(await this.#parts.send(held.request, held));
    const deliveredBefore = this.#parts.delivered(held.request.signal);
    const isLone = deliveredBefore > held.deliveredBefore;
    const loneFailures = held.loneFailures + (isLone ? failedAlone - held.failedAlone : 0);
    const tried = { ...held, failedAttempts, failedAlone, loneFailures, deliveredBefore };
    const death = this.#deathBy(outcome, tried);
    if (death !== undefined) await this.#bury(tried, death);
    else if (outcome.kind === 'retry') this.#putOff(tried, outcome.retryAfterMs);
    else this.#settle(held);
  }

  async #bury(held: Held, death: string): Promise<void> {
    const { bury, feed } = this.#parts;
    if (await bury(held.request, death)) {
      this.#settle(held);
      return;
    }
    feed.deaths.note(held.record.sequence, death);
    this.#putOff(held, undefined);
  }

  /** Why it will never be delivered, or not whole. */
  #deathBy(outcome: ExportOutcome, { loneFailures }: Held): string | undefined {
    switch (outcome.kind) {
      case 'refused':
        return outcome.reason;
      case 'retry':
        if (loneFailures < this.#parts.options.maxLoneFailures) return undefined;
        return `failed ${loneFailures} times while others got through: ${outcome.reason}`;
      case 'accepted':
        return partialReason(outcome);
    }
  }

  #settle({ record, bytes }: Held): void {
    this.#parts.feed.settle(record.sequence);
    this.#free(bytes);
  }

  #putOff(held: Held, askedMs: number | undefined): void {
    if (this.#stopped.signal.aborted) {
      this.#giveBack(held);
      return;
    }
    const { clock, random } = this.#parts;
    const limit = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** held.pauses);
    const pauseMs = Math.min(askedMs ?? 0, LONGEST_ASKED_PAUSE_MS) + limit * (0.5 + random() / 2);
    this.#waiting.push({ ...held, pauses: held.pauses + 1, notBeforeMs: clock.monotonicMs() + pauseMs });
    this.#wake.abort();
  }

  #giveBack({ record, bytes }: Held): void {
    this.#parts.feed.giveBack(record);
    this.#free(bytes);
  }

  #free(bytes: number): void {
    this.#records--;
    this.#bytes -= bytes;
    this.#wake.abort();
  }
}

/** Alone it had a 500, and such: that says nothing of the request, as long as others fare no better. */
export function isFaultOfBackend(outcome: ExportOutcome): boolean {
  return outcome.kind === 'refused' && outcome.cause === 'backend_failed';
}

function faultOfBackend(replayed: Replayed): Replayed {
  const { outcome, failedAlone } = replayed;
  if (outcome.kind !== 'refused' || !isFaultOfBackend(outcome)) return replayed;
  return { ...replayed, failedAlone: failedAlone + 1, outcome: { kind: 'retry', reason: outcome.reason } };
}

/** Items of an acknowledged request that the backend did not take must be kept, though nobody knows which they are. */
export function partialReason({ partial }: Extract<ExportOutcome, { kind: 'accepted' }>): string | undefined {
  if (partial === undefined || (partial.rejectedItems === 0 && partial.ofSeveral !== true)) return undefined;
  const what = partial.ofSeveral === true ? '' : `${partial.rejectedItems} items rejected: `;
  return `taken in part: ${what}${partial.message}`;
}
