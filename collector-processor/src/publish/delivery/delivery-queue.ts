import type { ExportOutcome } from '../../model/export-request.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { SendOutcome } from '../transport/transport.ts';
import { backoffMs } from './backoff.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { Held } from './held.ts';
import { Lanes } from './lanes.ts';
import { outcomeForEach } from './outcome-for-each.ts';
import { Places } from './places.ts';
import { isMisconfiguration, refusalCause } from './refusal.ts';
import { type Batch, type Shipment, toOutgoing } from './shipment.ts';

const FULL_RETRY_MS = 1000;
/** After a partial success for a joined body the lane’s requests travel alone for that long, so that the next one is exact. */
const APART_MS = 60_000;
/** A backend cannot silence a lane for longer without being asked again. */
const MAX_PAUSE_MS = 60_000;
const SWEEP_MS = 500;

/**
 * Brings shipments to one backend. Up to `maxInFlight` requests are under way; what arrives meanwhile waits in its lane
 * and leaves, joined, when a place is free. Each shipment is settled with its own outcome:
 *
 * - `delivered`: accepted. A partial success of a joined body cannot be told apart by sender: all get its text as a warning.
 * - `retry`: again after a pause (which holds no place) until `maxElapsed`, then the sender is told to repeat.
 * - `refused`: a joined body is sent again in halves until the guilty one stands alone; the others get through.
 * - breaker open: `retry` at once, with the time until the next probe.
 *
 * Every `retry` that is settled here passes `#giveUp`. What becomes of it then is decided where all backends' outcomes meet
 * (wal/safekeeper.ts). Replays from the write-ahead log take turns with what arrives, and take no more than their share of
 * the places.
 */
export class DeliveryQueue {
  readonly #parts: DeliveryParts;
  readonly #lanes: Lanes;
  /** Halves of refused bodies. They are never joined again. */
  readonly #halves: Batch[] = [];
  readonly #stopped = new AbortController();
  readonly #held = new Held();
  readonly #places: Places;
  #sweeping = false;
  #onEmpty: (() => void) | undefined;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    const { maxBatchSize, maxInFlight, replayShare } = parts.options;
    this.#lanes = new Lanes(maxBatchSize);
    this.#places = new Places(maxInFlight, replayShare);
  }

  get inFlight(): number {
    return this.#places.taken;
  }

  get heldRequests(): number {
    return this.#held.requests;
  }

  get heldBytes(): number {
    return this.#held.bytes;
  }

  /** Takes charge of the shipment: it is settled sooner or later, whatever happens. */
  ship(shipment: Shipment): void {
    this.#held.add(shipment);
    if (this.#stopped.signal.aborted) {
      this.#giveUp(shipment, 'Sentinel is stopping', FULL_RETRY_MS);
    } else if (shipment.replay) {
      this.#enqueue(shipment); // How many there are at a time is the business of the drain.
    } else if (this.#held.isOver(this.#parts.options.queue)) {
      this.#parts.books.queueFull.add(1);
      this.#giveUp(shipment, 'too much is waiting for the backend', FULL_RETRY_MS);
    } else if (this.#lanes.isIdle(this.#nowMs()) && this.#places.isFree) {
      this.#begin([shipment]);
    } else {
      this.#enqueue(shipment);
    }
  }

  /** Resolves when nothing is held any more, or after `limitMs`; then whatever still waits is given back to its sender. */
  async drain(limitMs: number): Promise<void> {
    if (this.#held.requests > 0) {
      const empty = new AbortController();
      this.#onEmpty = () => empty.abort();
      await this.#parts.clock.sleep(limitMs, empty.signal);
    }
    this.#stopped.abort();
    for (const shipment of this.#lanes.sweep(Infinity, () => true)) this.#giveUp(shipment, 'Sentinel is stopping', 0);
    for (const shipment of this.#halves.splice(0).flat()) this.#giveUp(shipment, 'Sentinel is stopping', 0);
  }

  #enqueue(shipment: Shipment): void {
    const pausedMs = this.#lanes.pausedMs(shipment, this.#nowMs());
    if (pausedMs > this.#parts.options.retry.maxElapsed) {
      this.#giveUp(shipment, 'the backend asked to wait', pausedMs);
      return;
    }
    this.#lanes.push(shipment);
    this.#pump();
    this.#sweepLater();
  }

  #pump(): void {
    while (this.#places.isFree) {
      const batch = this.#halves.shift() ?? this.#lanes.next(this.#nowMs(), this.#places.isFreeForReplays);
      if (batch === undefined) return;
      this.#begin(batch);
    }
  }

  #begin(batch: Batch): void {
    const { books, breaker, transport } = this.#parts;
    const startMs = this.#nowMs();
    const closedForMs = breaker.admit(startMs);
    if (closedForMs > 0) {
      const reason = `the backend fails: ${books.lastError?.message ?? 'no answer'}`;
      for (const shipment of batch) this.#giveUp(shipment, reason, closedForMs);
      return;
    }
    this.#places.take(batch);
    transport.send(toOutgoing(batch)).then(
      (outcome) => this.#land(batch, outcome, startMs),
      (error: unknown) => this.#land(batch, { kind: 'retry', reason: messageOf(error), throttled: false }, startMs),
    );
  }

  #land(batch: Batch, outcome: SendOutcome, startMs: number): void {
    const { breaker, books } = this.#parts;
    const nowMs = this.#nowMs();
    const bytes = batch.reduce((sum, { body }) => sum + body.length, 0);
    this.#places.give(batch);
    books.sent(outcome, { requests: batch.length, bytes, ms: nowMs - startMs });
    breaker.record(outcome.kind === 'retry' && !outcome.throttled ? 'failed' : 'alive', nowMs);
    if (outcome.kind !== 'delivered' || outcome.unflushed === true) for (const { keep } of batch) keep?.();
    if (outcome.kind === 'delivered') this.#delivered(batch, outcome);
    else if (outcome.kind === 'refused') this.#refused(batch, outcome);
    else this.#failed(batch, outcome);
    this.#pump();
  }

  #delivered(batch: Batch, { partial }: Extract<SendOutcome, { kind: 'delivered' }>): void {
    const [first] = batch;
    if (partial !== undefined && batch.length > 1 && first !== undefined) {
      this.#lanes.keepApart(first, this.#nowMs() + APART_MS);
      this.#sweepLater();
    }
    const outcome = outcomeForEach(batch, partial);
    for (const shipment of batch) this.#settle(shipment, outcome);
  }

  #refused(batch: Batch, { status, reason }: Extract<SendOutcome, { kind: 'refused' }>): void {
    if (isMisconfiguration(status)) {
      this.#parts.books.misconfigured(status, reason);
      for (const shipment of batch) this.#giveUp(shipment, reason, this.#parts.options.retry.maxInterval);
      return;
    }
    if (batch.length > 1) {
      const middle = batch.length >> 1;
      this.#parts.books.bisected.add(1);
      this.#halves.push(batch.slice(0, middle), batch.slice(middle));
      return;
    }
    const isEmpty = this.#parts.isEmptyRefusal(status, reason);
    for (const shipment of batch) {
      this.#settle(shipment, isEmpty ? { kind: 'accepted' } : { kind: 'refused', reason, cause: refusalCause(status) });
    }
  }

  #failed(batch: Batch, { reason, ...asked }: Extract<SendOutcome, { kind: 'retry' }>): void {
    const { breaker, clock, options, random } = this.#parts;
    const nowMs = this.#nowMs();
    const retryAfterMs = Math.min(asked.retryAfterMs ?? 0, MAX_PAUSE_MS);
    const [first] = batch;
    if (first !== undefined && retryAfterMs > 0) this.#lanes.pause(first, nowMs + retryAfterMs);
    const failures = Math.max(...batch.map(({ failedAttempts }) => failedAttempts)) + 1;
    const pauseMs = Math.max(retryAfterMs, backoffMs(failures, options.retry, random));
    const later: Shipment[] = [];
    for (const shipment of batch) {
      shipment.failedAttempts++;
      if (batch.length === 1 && !asked.throttled) shipment.failedAlone++;
      const tooLate = nowMs + pauseMs > shipment.arrivedMs + options.retry.maxElapsed;
      if (breaker.state === 'open' || tooLate || this.#isOver(shipment)) this.#giveUp(shipment, reason, retryAfterMs);
      else later.push(shipment);
    }
    this.#sweepLater();
    if (later.length > 0) void clock.sleep(pauseMs, this.#stopped.signal).then(() => this.#resume(later));
  }

  #resume(shipments: readonly Shipment[]): void {
    const over = shipments.filter((shipment) => this.#isOver(shipment));
    for (const shipment of over) this.#giveUp(shipment, 'Sentinel is stopping or the sender went away', 0);
    this.#lanes.unshift(shipments.filter((shipment) => !over.includes(shipment)));
    this.#pump();
    this.#sweepLater();
  }

  /** One timer for all that waits: it frees what its sender has given up, and wakes lanes whose pause is over. */
  #sweepLater(): void {
    if (this.#sweeping || this.#lanes.isEmpty) return;
    this.#sweeping = true;
    void this.#parts.clock.sleep(SWEEP_MS, this.#stopped.signal).then(() => {
      this.#sweeping = false;
      if (this.#stopped.signal.aborted) return;
      const nowMs = this.#nowMs();
      const { maxElapsed } = this.#parts.options.retry;
      const late = this.#lanes.sweep(
        nowMs,
        (shipment) => this.#isOver(shipment) || nowMs > shipment.arrivedMs + maxElapsed,
      );
      for (const shipment of late) this.#giveUp(shipment, 'the backend is too slow', FULL_RETRY_MS);
      this.#pump();
      this.#sweepLater();
    });
  }

  #isOver({ abandoned }: Shipment): boolean {
    return abandoned?.aborted === true || this.#stopped.signal.aborted;
  }

  #giveUp(shipment: Shipment, reason: string, retryAfterMs: number): void {
    this.#settle(shipment, retryAfterMs > 0 ? { kind: 'retry', reason, retryAfterMs } : { kind: 'retry', reason });
  }

  #settle(shipment: Shipment, outcome: ExportOutcome): void {
    this.#held.remove(shipment);
    if (shipment.replay) this.#parts.books.replayed(outcome.kind);
    else this.#parts.books.settled(outcome.kind);
    shipment.settle(outcome);
    if (this.#held.requests === 0) this.#onEmpty?.();
  }

  #nowMs(): number {
    return this.#parts.clock.monotonicMs();
  }
}
