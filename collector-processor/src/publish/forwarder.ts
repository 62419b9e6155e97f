import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import { type Signal, signals } from '../model/signal.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { type Backend, type BackendState, createBackend } from './backends/backend.ts';
import type { DeliveredMemory } from './delivered-memory.ts';
import { suspect } from './delivery/shipment.ts';
import type { ForwardOptions } from './forward-options.ts';
import { mergeOutcomes } from './merge-outcomes.ts';
import { createDrains } from './wal/drains.ts';
import type { KeptRequest } from './wal/kept-request.ts';
import type { Transcode } from './wal/reopen.ts';
import { ReplayRoom } from './wal/replay-room.ts';
import { createRequestLog, type RequestLog } from './wal/request-log.ts';
import { resend } from './wal/resend.ts';
import { Attempt, Safekeeper, withoutLog } from './wal/safekeeper.ts';
import { SlowWatch } from './wal/slow-watch.ts';
import type { WriteAheadLog } from './wal/write-ahead-log.ts';

export interface ForwarderParts {
  readonly options: ForwardOptions;
  /** Of requests that some backends took; the next forwarder goes on with it. */
  readonly memory: DeliveredMemory;
  /** What cannot be delivered now; outlives the forwarder too. Absent: senders are told to repeat. */
  readonly log?: WriteAheadLog | undefined;
  /** The same where another thread has the log, and drains it; default `log`. */
  readonly requestLog?: RequestLog | undefined;
  /** OTLP/JSON from the log to protobuf. */
  readonly transcode: Transcode;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  /** Uniform in [0, 1); for the jitter of pauses. */
  readonly random?: () => number;
}

export interface Forwarder extends Service {
  /**
   * Sends the request to every backend of its signal and tells what became of it: `accepted` when all of them took it (or
   * there is none), or when it is safe in the write-ahead log for those that did not. The first bytes are on their way
   * when this returns. `protobuf` is the payload as protobuf: the same array, or for OTLP/JSON its transcoding. Never rejects.
   */
  forward(request: ExportRequest, protobuf: Uint8Array): Promise<ExportOutcome>;
  /** Sends a dead letter to its backend once more, behind what has just arrived and joined with nothing. Never rejects. */
  redeliver(backend: string, kept: KeptRequest): Promise<ExportOutcome>;
  backends(): BackendState[];
}

const accepted: ExportOutcome = { kind: 'accepted' };

/**
 * Fans a request out. Backends know nothing of one another: each has its own connections, queue and circuit breaker, so a
 * slow or dead one costs the others nothing, only the sender waits for all of them.
 *
 * When some took a request and others did not, and there is no log to keep it in, the sender is told to repeat it and the
 * takers are remembered for a while: the repeat passes them by. The same holds when the sender went away before it could be told.
 *
 * Throws SENTINEL_CONFIG_INVALID and SENTINEL_TLS_INVALID.
 */
export function createForwarder(parts: ForwarderParts): Forwarder {
  const { options, memory, log, transcode, clock, logger, metrics, random = Math.random } = parts;
  const requestLog = parts.requestLog ?? (log === undefined ? undefined : createRequestLog(log));
  const { mode, slowAfter, replayShare } = options.writeAheadLog;
  const common = { clock, logger, metrics, random };
  const backends = Object.entries(options.backends)
    .filter(([, { enabled }]) => enabled)
    .map(([name, backend]) => createBackend({ stage: 'forward', name, options: backend, replayShare, ...common }));
  const disabled = Object.keys(options.backends).filter((name) => options.backends[name]?.enabled === false);
  const bySignal = groupBySignal(backends);
  memory.configure(options.rememberDelivered);
  log?.configure(options.writeAheadLog, options.deadLetters);

  const letterRoom = new ReplayRoom(options.writeAheadLog.replayWindow);
  const slow = new SlowWatch(clock, mode === 'always' ? 0 : slowAfter);
  const safekeeper =
    requestLog === undefined || mode === 'off' ? withoutLog : new Safekeeper({ log: requestLog, slow, mode, metrics });
  const drains =
    log === undefined
      ? undefined
      : createDrains({ log, backends, disabled, options: options.writeAheadLog, transcode, clock, logger, random });

  async function forward(request: ExportRequest, protobuf: Uint8Array): Promise<ExportOutcome> {
    const targets = bySignal[request.signal];
    // OTLP: an empty request is a success; some backends would refuse it.
    if (targets.length === 0 || protobuf.length === 0) return accepted;
    const known = memory.recall(request, clock.monotonicMs());
    const attempts = targets.map((backend) => {
      const taken = known?.get(backend.name);
      return new Attempt(backend.name, taken === undefined ? backend.forward(request, protobuf) : skip(backend, taken));
    });
    const verdicts = await safekeeper.secure(request, attempts);
    const merged = mergeOutcomes(verdicts);
    if (merged.kind !== 'accepted' || request.abandoned?.aborted === true) {
      const takers = verdicts.filter(({ outcome }) => outcome.kind === 'accepted');
      memory.remember(request, new Map(takers.map(({ backend, outcome }) => [backend, outcome])), clock.monotonicMs());
    } else if (known !== undefined) {
      memory.forget(request);
    }
    return merged;
  }

  return {
    name: 'forwarder',
    forward,
    async redeliver(name, kept) {
      const backend = backends.find((each) => each.name === name);
      if (backend === undefined) return { kind: 'retry', reason: `no backend ${name} is configured` };
      return (await resend({ backend, kept, before: suspect, transcode, room: letterRoom })).outcome;
    },
    backends: () =>
      backends.map((backend) => ({ ...backend.state(), loggedBytes: log?.backlog.bytesOwed(backend.name) ?? 0 })),
    start() {
      drains?.start();
      return Promise.resolve();
    },
    async stop() {
      const drained = drains?.stop();
      await Promise.all(backends.map((backend) => backend.drain(options.drainTimeout)));
      await drained;
      await Promise.all(backends.map((backend) => backend.close()));
    },
  };
}

/** What it said the first time is said again. */
function skip(backend: Backend, taken: ExportOutcome): Promise<ExportOutcome> {
  backend.skipRepeat();
  return Promise.resolve(taken);
}

function groupBySignal(backends: readonly Backend[]): Readonly<Record<Signal, readonly Backend[]>> {
  const [traces, metrics, logs] = signals.map((signal) => backends.filter((backend) => backend.takes(signal)));
  return { traces: traces ?? [], metrics: metrics ?? [], logs: logs ?? [] };
}
