import type { ExportOutcome } from '../../model/export-request.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Counter, MetricSpec, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { SendOutcome } from '../transport/transport.ts';
import type { BreakerState } from './breaker.ts';
import { misconfiguredStatuses } from './refusal.ts';

/** Why a body left in another form than it came in. */
export type ReencodeReason = 'json' | 'gzip' | 'zstd';

/** Whose backend it is: telemetry passes through `forward`, findings leave by `publish`. Part of every metric name. */
export type ForwardingStage = 'forward' | 'publish';

export interface BooksParts {
  readonly stage: ForwardingStage;
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

const QUIET_MS = 60_000;
const SEND_SECONDS_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const stateNumbers: Readonly<Record<BreakerState, number>> = { closed: 0, half_open: 1, open: 2 };

/** What is counted, remembered and logged about one backend. */
export class BackendBooks {
  readonly #name: string;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #metrics: SelfMetrics;
  readonly #outcomes: Readonly<Record<ExportOutcome['kind'], Counter>>;
  readonly #sends: Readonly<Record<SendOutcome['kind'], Counter>>;
  readonly #bytes: Counter;
  readonly #partial: Counter;
  readonly #joined: Counter;
  readonly #reencoded: Readonly<Record<ReencodeReason, Counter>>;
  readonly #opened: Counter;
  readonly #seconds: { observe(value: number): void };
  readonly bisected: Counter;
  readonly queueFull: Counter;
  readonly skippedRepeats: Counter;
  #isPaused = false;
  #quietUntilMs = 0;
  #lastSuccessMs: number | undefined;
  lastError: { readonly message: string; readonly atMs: number } | undefined;

  constructor({ stage, name, clock, logger, metrics }: BooksParts) {
    this.#name = name;
    this.#prefix = `sentinel_${stage}_`;
    this.#clock = clock;
    this.#logger = logger;
    this.#metrics = metrics;
    this.#outcomes = {
      accepted: this.#requestCounter('accepted'),
      retry: this.#requestCounter('retry'),
      refused: this.#requestCounter('refused'),
    };
    this.#sends = {
      delivered: this.#sendCounter('delivered'),
      retry: this.#sendCounter('retry'),
      refused: this.#sendCounter('refused'),
    };
    const counter = (metric: string, help: string): Counter => metrics.counter(this.#spec(metric, help));
    this.#bytes = counter('sent_bytes_total', 'Bytes of bodies that a backend took, as sent.');
    this.#partial = counter('rejected_items_total', 'Items that a backend rejected by partial success.');
    this.#joined = counter('joined_requests_total', 'Requests that left joined to another one.');
    this.bisected = counter('bisected_total', 'Joined bodies that were refused and sent again in halves.');
    this.queueFull = counter('queue_full_total', 'Requests turned away because a backend held too many.');
    this.skippedRepeats = counter('repeats_skipped_total', 'Repeats that the backend had already taken.');
    this.#opened = counter('breaker_opened_total', 'Times that the circuit breaker opened.');
    const reencoded = (reason: ReencodeReason): Counter => {
      const help = 'Requests that left in another form, because the backend does not take the one they came in.';
      return metrics.counter(this.#spec('reencoded_total', help, { reason }));
    };
    this.#reencoded = { json: reencoded('json'), gzip: reencoded('gzip'), zstd: reencoded('zstd') };
    for (const status of misconfiguredStatuses) this.#misconfigurations(status);
    const seconds = this.#spec('send_seconds', 'Time of one attempt.');
    this.#seconds = metrics.histogram(seconds, SEND_SECONDS_BOUNDS);
  }

  /** The books' part of the backend's state. */
  summary() {
    return {
      delivered: this.#outcomes.accepted.value,
      retried: this.#sends.retry.value,
      refused: this.#outcomes.refused.value,
      ...(this.#lastSuccessMs === undefined ? {} : { lastSuccessMs: this.#lastSuccessMs }),
      ...(this.lastError === undefined ? {} : { lastError: this.lastError }),
    };
  }

  /** One attempt with `requests` joined requests of `bytes` in all. */
  sent(outcome: SendOutcome, { requests, bytes, ms }: { requests: number; bytes: number; ms: number }): void {
    this.#sends[outcome.kind].add(1);
    this.#seconds.observe(ms / 1000);
    if (requests > 1) this.#joined.add(requests);
    if (outcome.kind !== 'delivered') {
      this.#remember(outcome.reason);
      return;
    }
    this.#lastSuccessMs = this.#clock.nowMs();
    this.#bytes.add(bytes);
    this.#partial.add(outcome.partial?.rejectedItems ?? 0);
  }

  settled(kind: ExportOutcome['kind']): void {
    this.#outcomes[kind].add(1);
  }

  replayed(kind: ExportOutcome['kind']): void {
    const help = 'Requests sent from the write-ahead log, by what became of them at the backend.';
    this.#metrics.counter(this.#spec('replays_total', help, { outcome: kind })).add(1);
  }

  reencoded(reason: ReencodeReason): void {
    this.#reencoded[reason].add(1);
  }

  /** Credentials, address or path are wrong: nothing the sender could mend, so it has to be told loudly here. */
  misconfigured(status: number, reason: string): void {
    this.#misconfigurations(status).add(1);
    const nowMs = this.#clock.monotonicMs();
    if (nowMs < this.#quietUntilMs) return;
    this.#quietUntilMs = nowMs + QUIET_MS;
    this.#logger.error(
      { backend: this.#name, status, reason },
      'A backend does not let Sentinel in: check its settings.',
    );
  }

  /** Half open is a try within one and the same trouble. */
  breakerChanged(state: BreakerState): void {
    if (state === 'closed') {
      this.#isPaused = false;
      this.#logger.info({ backend: this.#name }, 'The backend answers again.');
    }
    if (state !== 'open' || this.#isPaused) return;
    this.#isPaused = true;
    this.#opened.add(1);
    const reason = this.lastError?.message;
    this.#logger.warn({ backend: this.#name, reason }, 'The backend fails; sending is paused.');
  }

  observe(read: {
    breaker: () => BreakerState;
    inFlight: () => number;
    held: () => number;
    bytes: () => number;
  }): void {
    const gauge = (metric: string, help: string, value: () => number): void => {
      this.#metrics.gauge(this.#spec(metric, help), value);
    };
    gauge('breaker_state', '0 closed, 1 half open, 2 open.', () => stateNumbers[read.breaker()]);
    gauge('in_flight', 'Requests to the backend that are under way.', read.inFlight);
    gauge('queue_requests', 'Requests held for the backend, under way or waiting.', read.held);
    gauge('queue_bytes', 'Bytes held for the backend, under way or waiting.', read.bytes);
  }

  #remember(message: string): void {
    this.lastError = { message, atMs: this.#clock.nowMs() };
  }

  #requestCounter(outcome: string): Counter {
    return this.#metrics.counter(
      this.#spec('requests_total', 'Received requests, by what became of them at the backend.', {
        outcome,
      }),
    );
  }

  #misconfigurations(status: number): Counter {
    const help = 'Attempts refused because credentials or address of the backend are wrong.';
    return this.#metrics.counter(this.#spec('misconfigured_total', help, { status: String(status) }));
  }

  #sendCounter(outcome: string): Counter {
    return this.#metrics.counter(this.#spec('sends_total', 'Attempts, by their result.', { outcome }));
  }

  #spec(name: string, help: string, labels: Readonly<Record<string, string>> = {}): MetricSpec {
    return { name: this.#prefix + name, help, labels: { backend: this.#name, ...labels } };
  }
}
