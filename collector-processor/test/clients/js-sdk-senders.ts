import { type HrTime, SeverityNumber, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import { histogramBounds, type Known, knownLogs, knownPoints, knownSpans, metricNames } from './known-items.ts';

/** Each makes the known items with the SDK as a service would, and returns when its exporter has delivered them. */

const resourceOf = ({ service }: Known) => resourceFromAttributes({ 'service.name': service });
const batches = { maxExportBatchSize: 100, maxQueueSize: 10_000 };
const kinds = [SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER];

export async function sendSpans(exporter: SpanExporter, known: Known): Promise<void> {
  const spans = knownSpans(known);
  const ids = { traces: spans.map(({ traceId }) => traceId), spans: spans.map(({ spanId }) => spanId) };
  const provider = new TracerProvider({
    resource: resourceOf(known),
    idGenerator: { generateTraceId: () => ids.traces.shift() ?? '', generateSpanId: () => ids.spans.shift() ?? '' },
    spanProcessors: [new BatchSpanProcessor({ exporter, ...batches })],
  });
  const tracer = provider.getTracer('known');
  for (const { name, kind, startNano, endNano, isError, event, attributes } of spans) {
    const options = {
      kind: kinds[kind - 1] ?? SpanKind.INTERNAL,
      startTime: hrTime(startNano),
      attributes,
      root: true,
    };
    const span = tracer.startSpan(name, options);
    span.addEvent(event.name, {}, hrTime(event.timeNano));
    if (isError) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(hrTime(endNano));
  }
  await provider.forceFlush();
  await provider.shutdown();
}

export async function sendLogs(exporter: LogRecordExporter, known: Known): Promise<void> {
  const processors = [new BatchLogRecordProcessor({ exporter, ...batches })];
  const provider = new LoggerProvider({ resource: resourceOf(known), processors });
  const logger = provider.getLogger('known');
  for (const { timeNano, isError, ...log } of knownLogs(known)) {
    const severityNumber = isError ? SeverityNumber.ERROR : SeverityNumber.INFO;
    logger.emit({ ...log, severityNumber, severityText: isError ? 'ERROR' : 'INFO', timestamp: hrTime(timeNano) });
  }
  await provider.forceFlush();
  await provider.shutdown();
}

export async function sendPoints(exporter: PushMetricExporter, known: Known): Promise<void> {
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ resource: resourceOf(known), readers: [reader] });
  const meter = provider.getMeter('known');
  const gauge = meter.createGauge(metricNames.gauge);
  const counter = meter.createCounter(metricNames.counter);
  const histogram = meter.createHistogram(metricNames.histogram, {
    advice: { explicitBucketBoundaries: [...histogramBounds] },
  });
  for (const { gauge: level, added, recorded, attributes } of knownPoints(known)) {
    gauge.record(level, attributes);
    counter.add(added, attributes);
    for (const value of recorded) histogram.record(value, attributes);
  }
  // One collection: a flush and a shutdown would export every cumulative point twice.
  await provider.shutdown();
}

function hrTime(nano: bigint): HrTime {
  return [Number(nano / 1_000_000_000n), Number(nano % 1_000_000_000n)];
}
