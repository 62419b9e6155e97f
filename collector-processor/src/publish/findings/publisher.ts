import type { AnomalyEvent, ScoredBucket } from '../../model/anomaly.ts';
import type { Forecast } from '../../model/forecast.ts';
import { encodeMessage } from '../../model/otlp/encode.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import type { Signal } from '../../model/signal.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Service } from '../../runtime/lifecycle.ts';
import type { Mask } from '../../runtime/masking.ts';
import { OWN_SERVICE_NAME, ownInstanceId } from '../../runtime/own-instance.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { FindingPublisherOptions } from './finding-options.ts';
import { findingRecord } from './finding-record.ts';
import { detectionSpan, findingSpan } from './finding-span.ts';
import { createFindingStream } from './finding-stream.ts';
import { createForecastFeed } from './forecast-feed.ts';
import { createOutbox } from './outbox.ts';
import { createScoreFeed } from './score-feed.ts';

/** The part of the OTLP sender that is used here. */
interface FindingSender {
  send(signal: Signal, protobuf: Uint8Array, tenantHeaders: Readonly<Record<string, string>>): boolean;
  takes(signal: Signal): boolean;
}

interface FindingPublisherParts {
  readonly options: FindingPublisherOptions;
  readonly sender: FindingSender;
  /** Request headers that stand for a tenant, as in `ExportRequest.headers`. */
  readonly tenantHeaders: (tenant: string) => Readonly<Record<string, string>>;
  readonly mask: Mask;
  readonly version: string;
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
}

export interface FindingPublisher extends Service {
  scores(buckets: readonly ScoredBucket[]): void;
  anomaly(event: AnomalyEvent): void;
  forecasts(forecasts: readonly Forecast[]): void;
}

/**
 * What Sentinel adds leaves as telemetry of its own: score series, a record for each event of a finding, and its spans, all
 * with the finding's id. Everything is collected for one flush interval and then sent request by request, each in a turn
 * of the event loop of its own, so that forwarding never waits for more than one encoding.
 */
export function createFindingPublisher(parts: FindingPublisherParts): FindingPublisher {
  const { options, sender, mask, clock } = parts;
  const common = { maxWaiting: options.maxWaiting, maxPerRequest: options.maxPerRequest, metrics: parts.metrics };
  const sendAs = (signal: Signal) => (tenant: string, protobuf: Uint8Array) =>
    sender.send(signal, protobuf, parts.tenantHeaders(tenant));
  const origin = {
    resource: {
      attributes: ownAttributes({
        'service.name': OWN_SERVICE_NAME,
        'service.version': parts.version,
        'service.instance.id': ownInstanceId,
      }),
    },
    scope: { name: 'sentinel', version: parts.version },
  };
  const stream = createFindingStream(options.maxWaiting);
  const { openFinding } = stream;
  const feed = createScoreFeed({ options: options.scoreSeries, mask, openFinding, metrics: parts.metrics });
  const points = createOutbox<ScoredBucket>({
    ...common,
    signal: 'metrics',
    send: sendAs('metrics'),
    encode: feed.encode,
  });
  const forecasts = createOutbox<Forecast>({
    ...common,
    signal: 'metrics',
    send: sendAs('metrics'),
    encode: createForecastFeed({ options: options.scoreSeries, mask }),
  });
  const records = createOutbox<Plain<'LogRecord'>>({
    ...common,
    signal: 'logs',
    send: sendAs('logs'),
    encode: (logRecords) =>
      encodeMessage('ExportLogsServiceRequest', {
        resourceLogs: [{ resource: origin.resource, scopeLogs: [{ scope: origin.scope, logRecords }] }],
      }),
  });
  const spans = createOutbox<Plain<'Span'>>({
    ...common,
    signal: 'traces',
    send: sendAs('traces'),
    encode: (all) =>
      encodeMessage('ExportTraceServiceRequest', {
        resourceSpans: [{ resource: origin.resource, scopeSpans: [{ scope: origin.scope, spans: all }] }],
      }),
  });
  const stopped = new AbortController();
  let worker: Promise<void> = Promise.resolve();

  function flushOne(): boolean {
    return [records, spans, points, forecasts].map((outbox) => outbox.sendNext()).includes(true);
  }

  async function work(): Promise<void> {
    while (!stopped.signal.aborted) {
      await clock.sleep(options.flushInterval, stopped.signal);
      while (flushOne()) await nextTurn();
    }
  }

  return {
    name: 'findings',
    start() {
      worker = work();
      return Promise.resolve();
    },
    async stop() {
      stopped.abort();
      await worker;
    },
    scores(buckets) {
      if (!options.scoreSeries.enabled || !sender.takes('metrics')) return;
      for (const bucket of buckets) if (feed.admits(bucket)) points.add(bucket.series.tenant, bucket);
    },
    forecasts(all) {
      if (!options.scoreSeries.enabled || !sender.takes('metrics')) return;
      for (const forecast of all) forecasts.add(forecast.series.tenant, forecast);
    },
    anomaly(event) {
      const { anomaly } = event;
      const news = stream.newsOf(event);
      if (news === undefined) return;
      const { tenant } = anomaly.series;
      if (options.findings.logs && sender.takes('logs')) {
        records.add(tenant, findingRecord(news, anomaly, { mask, nowMs: clock.nowMs() }));
      }
      if (!options.findings.traces || news === 'escalated' || !sender.takes('traces')) return;
      spans.add(tenant, news === 'opened' ? detectionSpan(anomaly, mask) : findingSpan(anomaly, mask));
    },
  };
}

function ownAttributes(attributes: Readonly<Record<string, string>>): Plain<'KeyValue'>[] {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
