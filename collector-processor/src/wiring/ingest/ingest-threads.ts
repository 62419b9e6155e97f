import type { Settings } from '../../config/schema.ts';
import type { BackendState } from '../../publish/backends/backend.ts';
import type { RequestLog } from '../../publish/wal/request-log.ts';
import { createScoringGuard, usedHere } from '../../receivers/memory-guard.ts';
import type { Clock } from '../../runtime/clock.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Service } from '../../runtime/lifecycle.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { MetricFamily, SelfMetrics } from '../../runtime/self-metrics.ts';
import { SharedNumber } from '../../runtime/shared-number.ts';
import { InOrder } from './in-order.ts';
import { ingestMetrics } from './ingest-metrics.ts';
import { type IngestListener, IngestThread } from './ingest-thread.ts';
import type { Addresses } from './messages.ts';
import { probePorts } from './probe-ports.ts';
import { countedOnly, sumFamilies } from './sum-families.ts';

const LOOK_MS = 1000;
/** It speaks every second, unless it hangs or the machine does. */
const SILENT_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Beyond what the drains of a thread may take by the settings. */
const STOP_SLACK_MS = 5000;

interface IngestThreadsParts {
  readonly settings: Settings;
  readonly listener: IngestListener;
  /** What backends do not take now; absent: senders are told to repeat. */
  readonly log: RequestLog | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface IngestThreads extends Service {
  /** Hands other settings to all of them; throws when one cannot, and the old ones are then in force again. */
  apply(next: Settings): Promise<boolean>;
  addresses(): Addresses;
  /** How many do not listen now. */
  down(): number;
  backends(): BackendState[][];
  families(): MetricFamily[];
  lastReceivedMs(): number;
  /** Ends one at once, as if it had hung. */
  kill(index: number, reason: string): void;
}

/**
 * Threads that listen on the same ports (SO_REUSEPORT): each receives, forwards and scans on its own, so a request meets
 * no other thread before its answer. The main thread gets columns and scores them. One that dies or falls silent is replaced; what it held was not acknowledged.
 */
export function createIngestThreads({
  settings,
  listener,
  log,
  clock,
  logger,
  metrics,
}: IngestThreadsParts): IngestThreads {
  const { workers } = settings.receivers.otlp;
  const running: (IngestThread | undefined)[] = Array.from({ length: workers }, () => undefined);
  const memories = { used: SharedNumber.memoryFor(workers + 1), inFlight: SharedNumber.memoryFor(workers + 1) };
  const usedByMain = new SharedNumber(memories.used, 0);
  const numbers = new Int32Array(new SharedArrayBuffer(4));
  let guard = createScoringGuard(settings.receivers.otlp.maxMemory, clock);
  let inForce = settings;
  let addresses: Addresses = {};
  let left: MetricFamily[] = [];
  let stopping = false;
  let pauseMs = FIRST_PAUSE_MS;
  let looking: NodeJS.Timeout | undefined;

  const replaced = metrics.counter(ingestMetrics.replaced);
  const order = new InOrder(metrics.counter(ingestMetrics.passedOver));
  metrics.gauge(ingestMetrics.down, down);

  function down(): number {
    return running.filter((thread) => thread === undefined).length;
  }

  function begin(index: number): IngestThread {
    const thread = new IngestThread({
      start: { settings: inForce, threads: workers, ...memories, numbers, place: index + 1 },
      listener: { ...listener, body: taken },
      order,
      log,
      monotonicMs: () => clock.monotonicMs(),
      onEnd(reason) {
        left = sumFamilies([left, countedOnly(thread.status?.families ?? [])]);
        running[index] = undefined;
        for (const memory of Object.values(memories)) new SharedNumber(memory, index + 1).set(0);
        if (stopping) return;
        replaced.add(1);
        logger.error({ thread: index, reason, againInMs: pauseMs }, 'An ingest thread has ended; it is replaced.');
        setTimeout(() => !stopping && void beginAgain(index), pauseMs).unref();
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
      },
    });
    return thread;
  }

  async function beginAgain(index: number): Promise<void> {
    const madeFrom = inForce;
    const thread = begin(index);
    try {
      await thread.started;
      if (madeFrom !== inForce) await thread.apply(inForce);
      running[index] = thread;
      pauseMs = FIRST_PAUSE_MS;
      if (stopping) await thread.terminate('Sentinel is stopping');
    } catch (error) {
      await thread.terminate(messageOf(error));
    }
  }

  /** What is taken in here leaves garbage here, which threads do not collect. */
  const taken: IngestListener['body'] = (...told) => {
    guard.ask();
    listener.body(...told);
  };

  function look(): void {
    usedByMain.set(usedHere());
    for (const thread of running) {
      if (thread !== undefined && clock.monotonicMs() - thread.heardMs > SILENT_MS)
        void thread.terminate('it fell silent');
    }
  }

  function up(): IngestThread[] {
    return running.filter((thread) => thread !== undefined);
  }

  return {
    name: 'receivers',
    async start() {
      await probePorts(settings);
      for (let index = 0; index < workers; index++) {
        const thread = begin(index);
        try {
          addresses = await thread.started;
        } catch (error) {
          stopping = true;
          await Promise.all([thread, ...up()].map((each) => each.terminate('one could not start')));
          throw error;
        }
        running[index] = thread;
      }
      looking = setInterval(look, LOOK_MS).unref();
      guard.start();
    },
    async stop() {
      stopping = true;
      clearInterval(looking);
      guard.stop();
      const { receivers, forward } = inForce;
      const limitMs = receivers.otlp.drainTimeout + forward.drainTimeout + STOP_SLACK_MS;
      const late = setTimeout(() => up().forEach((thread) => void thread.terminate('it did not stop')), limitMs);
      await Promise.all(up().map((thread) => thread.stop()));
      clearTimeout(late);
      order.end();
    },
    async apply(next) {
      const reads = ({ receivers, forward }: Settings): string => JSON.stringify([receivers, forward]);
      if (reads(next) === reads(inForce)) return false;
      try {
        for (const thread of up()) addresses = await thread.apply(next);
        inForce = next;
        guard.stop();
        guard = createScoringGuard(next.receivers.otlp.maxMemory, clock);
        guard.start();
        return true;
      } catch (error) {
        for (const thread of up()) await thread.apply(inForce);
        throw error;
      }
    },
    kill(index, reason) {
      void running[index]?.terminate(reason);
    },
    addresses: () => addresses,
    down,
    backends: () => up().map(({ status }) => [...(status?.backends ?? [])]),
    families: () => sumFamilies([left, ...up().map(({ status }) => status?.families ?? [])]),
    lastReceivedMs: () => Math.max(0, ...up().map(({ status }) => status?.lastReceivedMs ?? 0)),
  };
}
