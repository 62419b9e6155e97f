import type { Settings } from '../../config/schema.ts';
import { BodyResources } from '../../decode/reading/body-resources.ts';
import { createBodyPacker } from '../../decode/reading/pack-body.ts';
import { createScan, type ScannedRows } from '../../decode/scan.ts';
import { SymbolTable } from '../../decode/symbol-table.ts';
import { transcode } from '../../decode/transcode.ts';
import type { ExportRequest } from '../../model/export-request.ts';
import { DeliveredMemory } from '../../publish/delivered-memory.ts';
import { createForwarder } from '../../publish/forwarder.ts';
import { usedHere } from '../../receivers/memory-guard.ts';
import { createOtlpReceivers } from '../../receivers/otlp-receivers.ts';
import { portsClash } from '../../receivers/port-clash.ts';
import { Premises } from '../../receivers/premises.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import { createPart } from '../../runtime/part.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { SharedNumber } from '../../runtime/shared-number.ts';
import { createIntake, type IntakeStages } from '../intake.ts';
import { drawNumber } from './in-order.ts';
import { ingestMetrics } from './ingest-metrics.ts';
import { kibOf } from './kib-of.ts';
import type { Addresses, FromIngest, IngestStart, IngestStatus, TravellingRequest } from './messages.ts';
import { createRemoteLog, type RemoteLog } from './remote-log.ts';
import { shareOf } from './share-of.ts';

export type TellMain = (message: FromIngest, moved: readonly ArrayBuffer[]) => void;

interface IngestSideParts {
  readonly start: IngestStart;
  readonly tell: TellMain;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What one ingest thread does: receives, forwards and scans on its own, and hands columns to the main thread. */
export interface IngestSide {
  start(): Promise<Addresses>;
  apply(settings: Settings): Promise<Addresses>;
  stop(): Promise<void>;
  status(): IngestStatus;
  /** What the write-ahead log says. */
  readonly logged: RemoteLog['decided'];
}

export function createIngestSide({ start, tell, clock, logger }: IngestSideParts): IngestSide {
  const { settings, threads, done, numbers, hasLog, place } = start;
  const used = new SharedNumber(start.used, place);
  const premises = new Premises({ threads, inFlightBytes: new SharedNumber(start.inFlight, place), usedBytes: used });
  const own = shareOf(settings, threads);
  const metrics = createSelfMetrics();
  const { decode } = settings;
  const symbols = new SymbolTable(decode);
  const resources = new BodyResources(decode.maxResources);
  const { scan } = createScan({ options: decode, symbols, resources });
  const pack = createBodyPacker(symbols, resources);
  const log = createRemoteLog((message, moved) => tell({ kind: 'log', message }, moved));
  const memory = new DeliveredMemory(own.forward.rememberDelivered, metrics);
  const toProtobuf: IntakeStages['transcode'] = (signal, json) => transcode(signal, json, decode.maxJsonValues);
  /** Of JSON: the main thread knows a request by the bytes that it was told. */
  const asProtobuf = new WeakMap<ExportRequest, Uint8Array>();
  const mostKib = kibOf(settings.receivers.otlp.workerBacklog / threads);
  let toldKib = 0;
  metrics.gauge(ingestMetrics.backlog, () => waitingKib() * 1024);
  metrics.gauge(ingestMetrics.backlogLimit, () => mostKib * 1024);

  const forwarder = createPart(
    {
      name: 'forward',
      reads: ({ forward }: Settings) => forward,
      make: ({ forward }: Settings, scope) =>
        createForwarder({
          options: forward,
          memory,
          requestLog: hasLog ? log : undefined,
          transcode: toProtobuf,
          clock,
          logger,
          metrics: scope,
        }),
      metrics,
      exclusive: false,
    },
    own,
  );

  function waitingKib(): number {
    return (toldKib - Atomics.load(done, 0)) | 0;
  }

  /** False when the main thread has not kept up: one body may always be on its way. */
  function handOn(rows: ScannedRows, request: ExportRequest): boolean {
    const waiting = waitingKib();
    if (waiting > 0 && waiting + kibOf(rows.payload.length) > mostKib) {
      tell({ kind: 'left_out', signal: rows.signal, items: rows.count + rows.skipped }, []);
      return false;
    }
    if (request.encoding === 'json') asProtobuf.set(request, rows.payload);
    const body = pack(rows, rows.payload);
    toldKib = (toldKib + kibOf(body.memory.byteLength)) | 0;
    tell({ kind: 'body', number: drawNumber(numbers), request: travelling(request), body }, [body.memory]);
    return true;
  }

  const intake = createIntake(
    {
      transcode: toProtobuf,
      decode(signal, protobuf) {
        const result = scan(signal, protobuf);
        return result.kind === 'rows' ? { kind: 'columns', columns: result.rows } : result;
      },
      forward: (request, protobuf) => forwarder.current.forward(request, protobuf),
      isForwarded: (signal) => forwarder.current.backends().some(({ signals }) => signals.includes(signal)),
      score: (columns, request) => handOn(columns as ScannedRows, request),
      // Only the main thread knows: a repeat may have come to another thread.
      isRepeat: () => false,
      settled(request, outcome) {
        if (outcome.kind === 'accepted' && request.abandoned?.aborted !== true) return;
        const payload = new Uint8Array(asProtobuf.get(request) ?? request.payload);
        const number = drawNumber(numbers);
        tell({ kind: 'unsettled', number, request: travelling(request), payload }, [payload.buffer]);
      },
    },
    logger,
    metrics,
  );

  const receivers = createPart(
    {
      name: 'receivers',
      reads: (current: Settings) => current.receivers,
      make: ({ receivers: { otlp } }: Settings, scope) =>
        createOtlpReceivers({
          options: otlp,
          handle: intake.handle,
          premises,
          clock,
          logger,
          metrics: scope,
        }),
      metrics,
      exclusive: (now, after) => portsClash(now.receivers.otlp, after.receivers.otlp),
    },
    own,
  );

  return {
    logged: (message) => log.decided(message),
    async start() {
      await forwarder.start();
      await receivers.start();
      return receivers.current.addresses();
    },
    async apply(next) {
      const share = shareOf(next, threads);
      for (const part of [forwarder, receivers]) await part.apply(share);
      return receivers.current.addresses();
    },
    async stop() {
      await receivers.stop();
      await forwarder.stop();
    },
    status() {
      used.set(usedHere());
      return {
        families: metrics.families(),
        backends: forwarder.current.backends(),
        lastReceivedMs: intake.lastReceivedMs(),
      };
    },
  };
}

function travelling({ signal, tenant, headers }: ExportRequest): TravellingRequest {
  return { signal, tenant, headers };
}
