import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import { type Signal, signals } from '../model/signal.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { type Backend, type BackendState, createBackend } from './backends/backend.ts';
import type { DeliveredMemory } from './delivered-memory.ts';
import type { ForwardOptions } from './forward-options.ts';
import { mergeOutcomes } from './merge-outcomes.ts';

export interface ForwarderParts {
  readonly options: ForwardOptions;
  /** Of requests that some backends took; the next forwarder goes on with it. */
  readonly memory: DeliveredMemory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  /** Uniform in [0, 1); for the jitter of pauses. */
  readonly random?: () => number;
}

export interface Forwarder extends Service {
  /**
   * Sends the request to every backend of its signal and tells what became of it: `accepted` when all of them took it (or
   * there is none). The first bytes are on their way when this returns. `protobuf` is the payload as protobuf: the same
   * array, or for OTLP/JSON its transcoding. Never rejects.
   */
  forward(request: ExportRequest, protobuf: Uint8Array): Promise<ExportOutcome>;
  backends(): BackendState[];
}

const accepted: ExportOutcome = { kind: 'accepted' };

/**
 * Fans a request out. Backends know nothing of one another: each has its own connections, queue and circuit breaker, so a
 * slow or dead one costs the others nothing, only the sender waits for all of them.
 *
 * When some took a request and others did not, the sender is told to repeat it and the takers are remembered for a while:
 * the repeat passes them by. The same holds when the sender went away before it could be told.
 *
 * Throws SENTINEL_CONFIG_INVALID and SENTINEL_TLS_INVALID.
 */
export function createForwarder(parts: ForwarderParts): Forwarder {
  const { options, memory, clock, logger, metrics, random = Math.random } = parts;
  const backends = Object.entries(options.backends)
    .filter(([, { enabled }]) => enabled)
    .map(([name, backend]) =>
      createBackend({ stage: 'forward', name, options: backend, clock, logger, metrics, random }),
    );
  const bySignal = groupBySignal(backends);
  memory.configure(options.rememberDelivered);

  async function forward(request: ExportRequest, protobuf: Uint8Array): Promise<ExportOutcome> {
    const targets = bySignal[request.signal];
    // OTLP: an empty request is a success; some backends would refuse it.
    if (targets.length === 0 || protobuf.length === 0) return accepted;
    const known = memory.recall(request, clock.monotonicMs());
    const verdicts = await Promise.all(
      targets.map(async (backend) => ({
        backend: backend.name,
        outcome: known?.has(backend.name) === true ? skip(backend) : await backend.forward(request, protobuf),
      })),
    );
    const merged = mergeOutcomes(verdicts);
    if (merged.kind !== 'accepted' || request.abandoned?.aborted === true) {
      const takers = verdicts.filter(({ outcome }) => outcome.kind === 'accepted').map(({ backend }) => backend);
      memory.remember(request, new Set(takers), clock.monotonicMs());
    } else if (known !== undefined) {
      memory.forget(request);
    }
    return merged;
  }

  return {
    name: 'forwarder',
    forward,
    backends: () => backends.map((backend) => backend.state()),
    start: () => Promise.resolve(),
    async stop() {
      await Promise.all(backends.map((backend) => backend.drain(options.drainTimeout)));
      await Promise.all(backends.map((backend) => backend.close()));
    },
  };
}

function skip(backend: Backend): ExportOutcome {
  backend.skipRepeat();
  return accepted;
}

function groupBySignal(backends: readonly Backend[]): Readonly<Record<Signal, readonly Backend[]>> {
  const [traces, metrics, logs] = signals.map((signal) => backends.filter((backend) => backend.takes(signal)));
  return { traces: traces ?? [], metrics: metrics ?? [], logs: logs ?? [] };
}
