import type { Settings } from '../../config/schema.ts';
import { type Signal, signals } from '../../model/signal.ts';
import { createRequestLog } from '../../publish/wal/request-log.ts';
import type { WriteAheadLog } from '../../publish/wal/write-ahead-log.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import { prometheusText } from '../../runtime/prometheus-text.ts';
import type { MetricFamily, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { PipelineTraffic } from '../pipeline-view.ts';
import { createIngestThreads } from './ingest-threads.ts';
import { mergeBackendStates } from './merge-backend-states.ts';
import { createScoringListener, type ScoringListenerParts } from './scoring-listener.ts';
import { sumFamilies } from './sum-families.ts';

interface ThreadedIngestParts {
  readonly settings: Settings;
  readonly log: WriteAheadLog | undefined;
  readonly adopt: ScoringListenerParts['adopt'];
  readonly score: ScoringListenerParts['score'];
  readonly observe: ScoringListenerParts['observe'];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Ingest by threads, joined to scoring on this one. */
export function createThreadedIngest({ settings, log, adopt, score, observe, ...common }: ThreadedIngestParts) {
  const { logger, metrics } = common;
  const listener = createScoringListener({ adopt, score, observe, logger, metrics });
  const requestLog = log === undefined ? undefined : createRequestLog(log);
  const threads = createIngestThreads({ settings, listener, log: requestLog, ...common });
  const families = (): MetricFamily[] => sumFamilies([metrics.families(), threads.families()]);
  const { workers } = settings.receivers.otlp;

  return {
    service: threads,
    addresses: () => threads.addresses(),
    readiness: () => (threads.down() === workers ? ['No ingest thread listens.'] : []),
    limits: () => (threads.down() === 0 ? [] : [`${threads.down()} of ${workers} ingest threads do not listen now.`]),
    backends: () => mergeBackendStates(threads.backends()),
    traffic: () => trafficOf(families()),
    lastReceivedMs: () => threads.lastReceivedMs(),
    /** Of this thread and of the others as one. */
    metrics: { ...metrics, families, render: () => prometheusText(families()) } satisfies SelfMetrics,
  };
}

function trafficOf(families: readonly MetricFamily[]): Readonly<Record<Signal, PipelineTraffic>> {
  const value = (what: string, signal: Signal) => {
    const points = families.find(({ name }) => name === `sentinel_intake_${what}_total`)?.points ?? [];
    const found = points.find(({ labels }) => labels['signal'] === signal)?.value;
    return { value: typeof found === 'number' ? found : 0 };
  };
  const of = (signal: Signal): PipelineTraffic => ({
    signal,
    requests: value('requests', signal),
    items: value('items', signal),
    bytes: value('bytes', signal),
    refused: value('refused', signal),
  });
  return Object.fromEntries(signals.map((signal) => [signal, of(signal)])) as Record<Signal, PipelineTraffic>;
}
