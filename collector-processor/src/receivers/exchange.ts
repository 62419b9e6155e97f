import {
  type Abandoned,
  type Compression,
  type Encoding,
  type PartialSuccess,
  type Wire,
} from '../model/export-request.ts';
import { type GatherResult } from '../runtime/body-buffer.ts';
import { type ByteBudget, Charge } from './byte-budget.ts';
import { type ExportService } from './export-service.ts';
import { type ReceiverContext } from './receiver-context.ts';
import { type IntakeCounters } from './receiver-metrics.ts';
import { gatherRefusal, refusal, type Refusal, type Reply } from './refusal.ts';
import { runExport } from './run-export.ts';
import { type Tenancy } from './tenancy.ts';
import { type Timed } from './timed-set.ts';

/** What the headers of a request say. */
export interface ExchangeHead {
  readonly wire: Wire;
  readonly service: ExportService;
  readonly counters: IntakeCounters;
  readonly encoding: Encoding;
  readonly tenancy: Tenancy;
  /** Cap on the body, as received and inflated. */
  readonly maxBytes: number;
  /** Milliseconds the sender waits for its answer; Infinity when it does not say. */
  readonly timeoutMs: number;
}

/** Answers in the manner of one wire: one of the first two, once; `cut` may follow. */
export interface ReplyWriter {
  accepted(partial: PartialSuccess | undefined): void;
  refused(refused: Refusal): void;
  /** The sender neither ends its request nor takes its answer: let go of it. */
  cut(): void;
}

/** A body that has arrived whole. */
export interface ArrivedBody {
  readonly bytes: Uint8Array;
  readonly compression: Compression;
  /** Nobody reads the bytes any more. */
  readonly release: () => void;
}

/** Objects of one request, beside its bytes: stream, headers, exchange. */
const REQUEST_OVERHEAD_BYTES = 8 * 1024;

/**
 * One request from its headers to the last byte of its answer, the same on both wires: what it may hold, how long it may
 * take, and exactly one reply.
 */
export class Exchange implements Timed, Abandoned {
  deadlineMs = Infinity;
  place = -1;
  aborted = false;
  readonly head: ExchangeHead;
  readonly charge: Charge;
  readonly #context: ReceiverContext;
  readonly #writer: ReplyWriter;
  #replyByMs = Infinity;
  /** The handler has the body; its bytes count until it is done with them, even when nobody waits any more. */
  #running = false;
  #phase: 'receiving' | 'handling' | 'replied' | 'closed' = 'receiving';

  constructor(
    context: ReceiverContext,
    connection: ByteBudget,
    { head, writer }: { head: ExchangeHead; writer: ReplyWriter },
  ) {
    this.#context = context;
    this.#writer = writer;
    this.head = head;
    this.charge = new Charge(connection, context.budget);
  }

  /** Begins to count and to watch the time. False when it was refused at once. */
  open(): boolean {
    const nowMs = this.#context.clock.monotonicMs();
    this.#replyByMs = nowMs + this.head.timeoutMs;
    this.deadlineMs = Math.min(nowMs + this.#context.options.receiveTimeout, this.#replyByMs);
    this.#context.inFlight.add(this);
    this.#context.guard.ask();
    if (this.#context.isStopping()) {
      this.refuse(refusal('stopping', 'Sentinel is stopping; send again, to another instance.'));
    } else if (!this.charge.take(REQUEST_OVERHEAD_BYTES)) {
      this.refuseGathered('full');
    }
    return this.receiving;
  }

  /** Whether its body is still wanted. */
  get receiving(): boolean {
    return this.#phase === 'receiving';
  }

  /** The whole body is there. */
  received(body: ArrivedBody): void {
    const { counters } = this.head;
    counters.requests.add(1);
    counters.bodyBytes.add(body.bytes.length);
    this.#phase = 'handling';
    this.deadlineMs = this.#replyByMs;
    if (body.bytes.length === 0) this.#reply({ kind: 'accepted' });
    else void this.#run(body);
  }

  refuse(refused: Refusal): void {
    this.#reply(refused);
  }

  refuseGathered(result: Exclude<GatherResult, 'ok'>): void {
    this.#reply(gatherRefusal(result, this.head.maxBytes, this.charge.refusedBy));
  }

  expire(): void {
    if (this.#phase === 'replied') this.#writer.cut();
    else if (this.#replyByMs <= this.#context.clock.monotonicMs()) {
      this.#abandoned('deadline');
      this.#reply(refusal('deadline', 'The deadline of the request passed before its outcome was known.'));
    } else {
      const limit = this.#context.options.receiveTimeout;
      this.#reply(refusal('slow', `The request did not arrive within ${limit} ms; send again.`));
    }
  }

  /** A drain is over: whoever still waits is told to send again. */
  stop(): void {
    if (this.#phase === 'replied') this.#writer.cut();
    this.#reply(refusal('stopping', 'Sentinel stopped before the outcome was known; send again.'));
  }

  /** Connection or stream are done with this request; `delivered` when the sender took its whole answer. */
  close(delivered: boolean): void {
    if (this.#phase === 'closed') return;
    if (!delivered || this.#phase !== 'replied') this.#abandoned('disconnect');
    this.#phase = 'closed';
    this.#giveBack();
    this.#context.inFlight.delete(this);
  }

  async #run(body: ArrivedBody): Promise<void> {
    const { head, charge } = this;
    this.#running = true;
    const use = { kept: false };
    const reply = await runExport(this.#context, { head, body, charge, abandoned: this, use });
    this.#running = false;
    if (reply.kind === 'accepted' && !use.kept) body.release();
    this.#reply(reply);
    this.#giveBack();
  }

  #reply(reply: Reply): void {
    if (this.#phase === 'replied' || this.#phase === 'closed') return;
    this.#phase = 'replied';
    this.deadlineMs = this.#context.clock.monotonicMs() + this.#context.options.receiveTimeout;
    this.#giveBack();
    if (reply.kind === 'accepted') {
      this.#writer.accepted(reply.partial);
      return;
    }
    this.#context.metrics.refused(this.head.wire, this.head.service.signal, reply.cause);
    this.#writer.refused(reply);
  }

  #giveBack(): void {
    if (this.#running) return;
    if (this.#phase === 'closed') this.charge.end();
    else this.charge.shrinkTo(REQUEST_OVERHEAD_BYTES);
  }

  #abandoned(reason: 'disconnect' | 'deadline'): void {
    if (this.aborted) return;
    this.aborted = true;
    this.#context.metrics.abandoned(this.head.wire, reason);
  }
}
