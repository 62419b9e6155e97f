import type { Anomaly } from '../../../model/anomaly.ts';
import { decodeMessage } from '../../../model/otlp/decode-message.ts';
import type { Decoded } from '../../../model/otlp/plain-message.ts';
import type { MessageName } from '../../../model/otlp/schema.ts';
import type { Signal } from '../../../model/signal.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { createMask } from '../../../runtime/masking.ts';
import { createSelfMetrics } from '../../../runtime/self-metrics.ts';
import { anAnomaly, NOON } from '../../../store/testing/builders.ts';
import type { FindingPublisherOptions } from '../finding-options.ts';
import { createFindingPublisher, type FindingPublisher } from '../publisher.ts';

const defaults: FindingPublisherOptions = {
  flushInterval: 3_600_000,
  maxWaiting: 1000,
  maxPerRequest: 100,
  findings: { logs: true, traces: true },
  scoreSeries: {
    enabled: true,
    series: ['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper'],
    minScore: 0.5,
    linger: 0,
    always: [],
    maxSeries: 10,
    sourceNaming: 'verbatim',
    maxAttributes: 16,
    maxAttributeLength: 128,
  },
};
export const FINDING = '4bf92f3577b34da6a3ce929d0e0e4736';
export const EXAMPLE = '0af7651916cd43dd8448eb211c80319c';

interface Sent {
  readonly signal: Signal;
  readonly protobuf: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** A publisher that is flushed by its stop, and what it sent. */
export interface PublisherBench {
  readonly publisher: FindingPublisher;
  readonly sent: readonly Sent[];
}

export async function openPublisher(
  overrides: Partial<FindingPublisherOptions> = {},
  signals: readonly Signal[] = ['metrics', 'logs', 'traces'],
): Promise<PublisherBench> {
  const sent: Sent[] = [];
  const publisher = createFindingPublisher({
    options: { ...defaults, ...overrides },
    sender: {
      takes: (signal) => signals.includes(signal),
      send: (signal, protobuf, headers) => sent.push({ signal, protobuf, headers }) > 0,
    },
    tenantHeaders: (tenant) => ({ 'x-scope-orgid': tenant }),
    mask: createMask([]),
    version: '1.2.3',
    clock: { ...systemClock, nowMs: () => NOON + 60_000 },
    metrics: createSelfMetrics(),
  });
  await publisher.start();
  return { publisher, sent };
}

/** The requests of one signal, decoded. */
export async function requests<Name extends MessageName>(
  name: Name,
  signal: Signal,
  { publisher, sent }: PublisherBench,
): Promise<Decoded<Name>[]> {
  await publisher.stop();
  return sent
    .filter((one) => one.signal === signal)
    .map(({ protobuf }) => {
      const result = decodeMessage(name, protobuf);
      if (result.kind !== 'message') throw new Error(result.reason);
      return result.message;
    });
}

export async function recordsOf(bench: PublisherBench) {
  const all = await requests('ExportLogsServiceRequest', 'logs', bench);
  const resourceLogs = all.flatMap((request) => request.resourceLogs ?? []);
  return { resourceLogs, records: resourceLogs.flatMap((one) => one.scopeLogs?.[0]?.logRecords ?? []) };
}

export async function spansOf(bench: PublisherBench) {
  const all = await requests('ExportTraceServiceRequest', 'traces', bench);
  return all.flatMap((request) => request.resourceSpans?.[0]?.scopeSpans?.[0]?.spans ?? []);
}

export function finding(part: Partial<Anomaly> = {}): Anomaly {
  return anAnomaly({ id: FINDING, ...part });
}

export function valuesOf(attributes: readonly Decoded<'KeyValue'>[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key = '', value }) => [key, Object.values(value ?? {})[0]]));
}

export function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
