import { freePort } from '../../demo/processes/free-port.ts';
import { loadSettings } from '../../src/config/schema.ts';
import type { Forwarder } from '../../src/publish/forwarder.ts';
import { createRequestLog } from '../../src/publish/wal/request-log.ts';
import type { WriteAheadLog } from '../../src/publish/wal/write-ahead-log.ts';
import { createOtlpReceivers } from '../../src/receivers/otlp-receivers.ts';
import { defaultOptions } from '../../src/receivers/testing/receivers-under-test.ts';
import { systemClock as clock } from '../../src/runtime/clock.ts';
import { silentLogger as logger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { createIngestThreads } from '../../src/wiring/ingest/ingest-threads.ts';

export interface CrashReceivers {
  readonly port: number;
  /** Ends one ingest thread as if it had died. */
  killThread(index: number): void;
}

interface CrashReceiversParts {
  readonly workers: number;
  readonly forward: Readonly<Record<string, unknown>>;
  readonly forwarder: Pick<Forwarder, 'forward'>;
  readonly log: WriteAheadLog;
}

/** Receivers of the child: on this thread, or ingest threads that forward themselves and have their log here. */
export async function startCrashReceivers(parts: CrashReceiversParts): Promise<CrashReceivers> {
  return parts.workers === 0 ? await onThisThread(parts) : await onThreads(parts);
}

async function onThisThread({ forwarder }: CrashReceiversParts): Promise<CrashReceivers> {
  const defaults = defaultOptions();
  const receivers = createOtlpReceivers({
    options: { ...defaults, grpc: { ...defaults.grpc, enabled: false } },
    handle: (request) => forwarder.forward(request, request.payload),
    ...{ clock, logger, metrics: createSelfMetrics() },
  });
  await receivers.start();
  return { port: receivers.addresses().http?.port ?? 0, killThread: () => undefined };
}

async function onThreads({ workers, forward, log }: CrashReceiversParts): Promise<CrashReceivers> {
  const port = await freePort(0);
  const otlp = { workers, max_memory: '0B', grpc: { enabled: false }, http: { endpoint: `127.0.0.1:${port}` } };
  const text = JSON.stringify({ receivers: { otlp }, forward, telemetry: { log_level: 'error' } });
  const loaded = loadSettings(text, { env: {}, readFile: () => '' }, []);
  if (loaded.kind !== 'settings') throw new TypeError(JSON.stringify(loaded.problems));
  const threads = createIngestThreads({
    settings: loaded.settings,
    listener: { body: () => undefined, unsettled: () => undefined, leftOut: () => undefined },
    log: createRequestLog(log),
    ...{ clock, logger, metrics: createSelfMetrics() },
  });
  await threads.start();
  return { port, killThread: (index) => threads.kill(index, 'a test') };
}
