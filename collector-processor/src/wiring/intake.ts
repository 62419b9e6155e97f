import { lost, type Lost, type ReadAway, type Reading } from '../decode/reading/reading.ts';
import type { DecodeResult, TelemetryColumns } from '../model/columns.ts';
import type { ExportHandler, ExportOutcome, ExportRequest } from '../model/export-request.ts';
import { type Signal, signals } from '../model/signal.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import { Turns } from '../runtime/turns.ts';
import { LoopWatch } from './loop-watch.ts';

export type Transcoded =
  | { readonly kind: 'protobuf'; readonly bytes: Uint8Array }
  | { readonly kind: 'malformed'; readonly reason: string; readonly tooLarge?: true };

/** Reading and scoring a body of this size takes about two milliseconds. */
export const LARGE_BYTES = 512 * 1024;

/** The stages that a request passes, as functions. */
export interface IntakeStages {
  readonly transcode: (signal: Signal, json: Uint8Array) => Transcoded;
  readonly decode: (signal: Signal, protobuf: Uint8Array) => DecodeResult;
  /** Other threads, for large bodies. */
  readonly away?: {
    /** `undefined` when the body is to be read here. */
    readonly read: (request: ExportRequest) => Reading | undefined;
    /** Columns of what was read there. */
    readonly adopt: (read: ReadBodyAway, protobuf: Uint8Array) => TelemetryColumns;
  };
  readonly forward: (request: ExportRequest, protobuf: Uint8Array) => Promise<ExportOutcome>;
  /** Keeps a copy for a while, if it is to be kept. */
  readonly record?: (request: ExportRequest, protobuf: Uint8Array) => void;
  /** Whether any backend takes the signal: without one nobody else would find a malformed body. */
  readonly isForwarded: (signal: Signal) => boolean;
  /** Sees what came for the first time, also what scoring leaves out. */
  readonly observe?: (columns: TelemetryColumns, tenant: string) => void;
  /** Adds columns to buckets; false when they were left out, because scoring is over its budget. */
  readonly score: (columns: TelemetryColumns, request: ExportRequest) => boolean;
  /** Whether this payload came before and was scored then. */
  readonly isRepeat: (request: ExportRequest) => boolean;
  /** Tells the repeat memory what the sender of a scored request was told. */
  readonly settled: (request: ExportRequest, outcome: ExportOutcome) => void;
}

type ReadBodyAway = Extract<ReadAway, { readonly kind: 'read' }>;

export interface IntakeTraffic {
  readonly signal: Signal;
  readonly requests: Counter;
  readonly items: Counter;
  readonly bytes: Counter;
  readonly refused: Counter;
  readonly unread: Counter;
}

/** Whether a request is scored, now or when it came first; and why its body cannot be read, if so. */
interface Observed {
  readonly scored: boolean;
  readonly fault?: string;
}

export interface Intake {
  readonly handle: ExportHandler;
  readonly traffic: Readonly<Record<Signal, IntakeTraffic>>;
  /** Wall clock of the last request, 0 before the first. */
  lastReceivedMs(): number;
}

/**
 * The way of one request (docs/architecture.md): JSON becomes protobuf, bytes leave, and beside that the same bytes are read
 * and scored: large ones by another thread, or here one after the other, so that small ones get their turn in between.
 * Forwarding never waits for scoring; when that fails, the request is counted as unread and forwarding goes on.
 */
export function createIntake(stages: IntakeStages, logger: Logger, metrics: SelfMetrics): Intake {
  const traffic = createTraffic(metrics);
  const loops = new LoopWatch({ isForwarded: stages.isForwarded, logger, metrics });
  const turns = new Turns();
  /** Of their own: forwarding waits for them, and not for what is only to be scored. */
  const jsonTurns = new Turns();
  let lastReceivedMs = 0;

  function observe(request: ExportRequest, protobuf: Uint8Array, away?: ReadAway): Observed {
    const count = traffic[request.signal];
    try {
      const result = away === undefined ? stages.decode(request.signal, protobuf) : adopted(away, protobuf);
      if (result.kind === 'lost') {
        count.unread.add(1);
        return { scored: false };
      }
      if (result.kind === 'malformed') {
        count.unread.add(1);
        return { scored: false, fault: `${result.reason} (at byte ${result.offset ?? 0})` };
      }
      count.items.add(result.columns.count);
      if (stages.isRepeat(request)) return { scored: true };
      stages.observe?.(result.columns, request.tenant);
      return { scored: stages.score(result.columns, request) };
    } catch (error) {
      count.unread.add(1);
      logger.error({ signal: request.signal, error: messageOf(error) }, 'A request was forwarded but not scored.');
    } finally {
      if (away?.kind === 'read') away.release();
    }
    return { scored: false };
  }

  function adopted(away: ReadAway, protobuf: Uint8Array): DecodeResult | Exclude<ReadAway, ReadBodyAway> {
    if (away.kind !== 'read') return away;
    return stages.away === undefined ? lost : { kind: 'columns', columns: stages.away.adopt(away, protobuf) };
  }

  /** Resolves in the request's own time, or for large ones in their turn. */
  async function asProtobuf(request: ExportRequest, away: Reading | undefined): Promise<Transcoded | Lost> {
    if (away !== undefined) return await away.transcoded;
    if (request.payload.length > LARGE_BYTES) await jsonTurns.next();
    return stages.transcode(request.signal, request.payload);
  }

  /** Large ones when another thread has read them, or it is their turn. */
  async function observeLater(
    request: ExportRequest,
    protobuf: Uint8Array,
    away: Reading | undefined,
  ): Promise<Observed> {
    const read = await away?.read;
    await turns.next();
    return observe(request, protobuf, read);
  }

  function handle(request: ExportRequest): Promise<ExportOutcome> {
    const count = traffic[request.signal];
    lastReceivedMs = request.receivedAtMs;
    count.requests.add(1);
    count.bytes.add(request.body.byteLength);
    loops.passed(request);
    const away = stages.away?.read(request);
    if (request.encoding === 'json') return handleJson(request, away);
    return pass(request, request.payload, away);
  }

  async function handleJson(request: ExportRequest, away: Reading | undefined): Promise<ExportOutcome> {
    const count = traffic[request.signal];
    const protobuf = await asProtobuf(request, away);
    if (protobuf.kind === 'protobuf' && request.claim?.(protobuf.bytes.length) !== false) {
      return await pass(request, protobuf.bytes, away);
    }
    void away?.read.then((read) => read.kind === 'read' && read.release());
    count.refused.add(1);
    if (protobuf.kind === 'malformed') {
      const { tooLarge = false, reason } = protobuf;
      return { kind: 'refused', cause: tooLarge ? 'too_large' : 'malformed', reason };
    }
    if (protobuf.kind === 'lost') {
      count.unread.add(1);
      return { kind: 'retry', reason: 'Reading the JSON came to no end; send again later.' };
    }
    return { kind: 'retry', reason: 'Too many bytes are in flight; send again later.' };
  }

  async function pass(request: ExportRequest, protobuf: Uint8Array, away?: Reading): Promise<ExportOutcome> {
    const forwarded = stages.forward(request, protobuf);
    stages.record?.(request, protobuf);
    let observed: Observed;
    if (away !== undefined || protobuf.length > LARGE_BYTES) {
      // It is awaited only behind reading; a rejection must not pass for one that nobody handles.
      forwarded.catch(() => undefined);
      observed = await observeLater(request, protobuf, away);
    } else observed = observe(request, protobuf);
    const { scored, fault } = observed;
    let outcome = await forwarded;
    // A backend that breaks off over a body that cannot be read (as some do) is not to be tried with it again.
    if (fault !== undefined && (!stages.isForwarded(request.signal) || hasFailed(outcome))) {
      outcome = { kind: 'refused', cause: 'malformed', reason: fault };
    }
    if (outcome.kind !== 'accepted') traffic[request.signal].refused.add(1);
    if (scored) stages.settled(request, outcome);
    return outcome;
  }

  return { handle, traffic, lastReceivedMs: () => lastReceivedMs };
}

function hasFailed(outcome: ExportOutcome): boolean {
  return outcome.kind === 'refused' && outcome.cause === 'backend_failed';
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
