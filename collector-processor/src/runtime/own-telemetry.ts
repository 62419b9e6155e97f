import type { Service } from './lifecycle.ts';
import { createMetricProducer } from './metric-producer.ts';
import { OWN_SERVICE_NAME, ownInstanceId } from './own-instance.ts';
import type { SelfMetrics } from './self-metrics.ts';

export interface OwnTelemetryOptions {
  /** Empty: no spans are sent. */
  readonly tracesEndpoint: string;
  /** Share of traces that are kept, 0 to 1. */
  readonly tracesRatio: number;
  /** Empty: metrics stay on /metrics. */
  readonly metricsEndpoint: string;
  readonly metricsInterval: number;
}

interface OwnTelemetryParts {
  readonly options: OwnTelemetryOptions;
  readonly version: string;
  readonly metrics: SelfMetrics;
}

/** Sends spans and metrics about Sentinel itself over OTLP. The SDK is loaded only when an address is set. */
export function createOwnTelemetry({ options, version, metrics }: OwnTelemetryParts): Service {
  let shutdown = (): Promise<void> => Promise.resolve();
  return {
    name: 'own telemetry',
    async start() {
      if (options.tracesEndpoint === '' && options.metricsEndpoint === '') return;
      shutdown = await startSdk({ options, version, metrics });
    },
    stop: () => shutdown(),
  };
}

async function startSdk({ options, version, metrics }: OwnTelemetryParts): Promise<() => Promise<void>> {
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({
      'service.name': OWN_SERVICE_NAME,
      'service.version': version,
      'service.instance.id': ownInstanceId,
    }),
    autoDetectResources: false,
    instrumentations: [],
    logRecordProcessors: [],
    metricReaders: await metricReaders(options, metrics),
    ...(await tracing(options)),
  });
  sdk.start();
  return () => sdk.shutdown();
}

async function tracing({ tracesEndpoint, tracesRatio }: OwnTelemetryOptions) {
  if (tracesEndpoint === '') return { spanProcessors: [] };
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-grpc');
  const { TraceIdRatioBasedSampler } = await import('@opentelemetry/sdk-trace');
  return {
    traceExporter: new OTLPTraceExporter({ url: tracesEndpoint }),
    sampler: new TraceIdRatioBasedSampler(tracesRatio),
  };
}

/** The reader asks for all families each time, so that those of a backend added later leave too. */
async function metricReaders({ metricsEndpoint, metricsInterval }: OwnTelemetryOptions, metrics: SelfMetrics) {
  if (metricsEndpoint === '') return [];
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-proto');
  const { PeriodicExportingMetricReader } = await import('@opentelemetry/sdk-metrics');
  const exporter = new OTLPMetricExporter({ url: `${metricsEndpoint}/v1/metrics` });
  const metricProducers = [await createMetricProducer(metrics, { name: OWN_SERVICE_NAME })];
  return [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: metricsInterval, metricProducers })];
}
