import type { DecodeResult, TelemetryColumns } from '../model/columns.ts';
import type { ExportHandler, ExportOutcome, ExportRequest } from '../model/export-request.ts';
import { type Signal, signals } from '../model/signal.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import { Turns } from '../runtime/turns.ts';
import { LoopWatch } from './loop-watch.ts';

export type Transcoded =
  { readonly kind: 'protobuf'; readonly bytes: Uint8Array } | { readonly kind: 'malformed'; readonly reason: string };

/** Reading and scoring a body of this size takes about two milliseconds. */
const LARGE_BYTES = 512 * 1024;

/** The stages that a request passes, as functions. */
export interface IntakeStages {
  readonly transcode: (signal: Signal, json: Uint8Array) => Transcoded;
  readonly decode: (signal: Signal, protobuf: Uint8Array) => DecodeResult;
  readonly forward: (request: ExportRequest, protobuf: Uint8Array) => Promise<ExportOutcome>;
  /** Whether any backend takes the signal: without one nobody else would find a malformed body. */
  readonly isForwarded: (signal: Signal) => boolean;
  /** Adds columns to buckets; false when they were left out, because scoring is over its budget. */
  readonly score: (columns: TelemetryColumns, request: ExportRequest) => boolean;
  /** Whether this payload came before and was scored then. */
  readonly isRepeat: (request: ExportRequest) => boolean;
  /** Tells the repeat memory what the sender of a scored request was told. */
  readonly settled: (request: ExportRequest, outcome: ExportOutcome) => void;
}

export interface IntakeTraffic {
  readonly signal: Signal;
  readonly requests: Counter;
  readonly items: Counter;
  readonly bytes: Counter;
  readonly refused: Counter;
  readonly unread: Counter;
}

export interface Intake {
  readonly handle: ExportHandler;
  readonly traffic: Readonly<Record<Signal, IntakeTraffic>>;
  /** Wall clock of the last request, 0 before the first. */
  lastReceivedMs(): number;
}

/**
 * The way of one request (docs/architecture.md): JSON becomes protobuf, bytes leave, and beside that the same bytes are read
 * and scored, large ones one after the other, so that small ones get their turn in between. Scoring is never awaited; when
 * it fails, the request is counted as unread and forwarding goes on.
 */
export function createIntake(stages: IntakeStages, logger: Logger, metrics: SelfMetrics): Intake {
  const traffic = createTraffic(metrics);
  const loops = new LoopWatch({ isForwarded: stages.isForwarded, logger, metrics });
  const turns = new Turns();
  let lastReceivedMs = 0;

  /** Whether the request is scored, now or when it came first; and why its body cannot be read, if so. */
  function observe(request: ExportRequest, protobuf: Uint8Array): { scored: boolean; fault?: string } {
    const count = traffic[request.signal];
    try {
      const result = stages.decode(request.signal, protobuf);
      if (result.kind === 'malformed') {
        count.unread.add(1);
        return { scored: false, fault: `${result.reason} (at byte ${result.offset})` };
      }
      count.items.add(result.columns.count);
      return { scored: stages.isRepeat(request) || stages.score(result.columns, request) };
    } catch (error) {
      count.unread.add(1);
      logger.error({ signal: request.signal, error: messageOf(error) }, 'A request was forwarded but not scored.');
    }
    return { scored: false };
  }

  async function handle(request: ExportRequest): Promise<ExportOutcome> {
    const count = traffic[request.signal];
    lastReceivedMs = request.receivedAtMs;
    count.requests.add(1);
    count.bytes.add(request.body.byteLength);
    loops.passed(request);
    const protobuf = asProtobuf(request, stages);
    if (protobuf.kind === 'malformed') {
      count.refused.add(1);
      return { kind: 'refused', cause: 'malformed', reason: protobuf.reason };
    }
    if (request.encoding === 'json' && request.claim?.(protobuf.bytes.length) === false) {
      count.refused.add(1);
      return { kind: 'retry', reason: 'Too many bytes are in flight; send again later.' };
    }
    const forwarded = stages.forward(request, protobuf.bytes);
    if (protobuf.bytes.length > LARGE_BYTES) {
      // It is awaited only behind its turn; a rejection must not pass for one that nobody handles.
      forwarded.catch(() => undefined);
      await turns.next();
    }
    const { scored, fault } = observe(request, protobuf.bytes);
    let outcome = await forwarded;
    // A backend that breaks off over a body that cannot be read (as some do) is not to be tried with it again.
    if (fault !== undefined && (!stages.isForwarded(request.signal) || hasFailed(outcome))) {
      outcome = { kind: 'refused', cause: 'malformed', reason: fault };
    }
    if (outcome.kind !== 'accepted') count.refused.add(1);
    if (scored) stages.settled(request, outcome);
    return outcome;
  }

  return { handle, traffic, lastReceivedMs: () => lastReceivedMs };
}

function hasFailed(outcome: ExportOutcome): boolean {
  return outcome.kind === 'refused' && outcome.cause === 'backend_failed';
}

function asProtobuf(request: ExportRequest, { transcode }: IntakeStages): Transcoded {
  if (request.encoding === 'protobuf') return { kind: 'protobuf', bytes: request.payload };
  return transcode(request.signal, request.payload);
}

function createTraffic(metrics: SelfMetrics): Record<Signal, IntakeTraffic> {
  const of = (signal: Signal): IntakeTraffic => {
    const counter = (name: string, help: string): Counter => metrics.counter({ name, help, labels: { signal } });
    return {
      signal,
      requests: counter('sentinel_intake_requests_total', 'Export requests that reached the pipeline.'),
      items: counter('sentinel_intake_items_total', 'Spans, points and records that were read.'),
      bytes: counter('sentinel_intake_bytes_total', 'Bytes of export requests, as received.'),
      refused: counter('sentinel_intake_refused_total', 'Export requests that were not accepted.'),
      unread: counter('sentinel_intake_unread_total', 'Export requests that were forwarded but could not be scored.'),
    };
  };
  return Object.fromEntries(signals.map((signal) => [signal, of(signal)])) as Record<Signal, IntakeTraffic>;
}
