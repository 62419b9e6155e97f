import { metrics as metricsApi, type Observable } from '@opentelemetry/api';
import type { Service } from './lifecycle.ts';
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

/** Sentinel's own resource; the score stage leaves everything out that carries this service name. */
export const OWN_SERVICE_NAME = 'sentinel';

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
    resource: resourceFromAttributes({ 'service.name': OWN_SERVICE_NAME, 'service.version': version }),
    autoDetectResources: false,
    instrumentations: [],
    logRecordProcessors: [],
    metricReaders: await metricReaders(options),
    ...(await tracing(options)),
  });
  sdk.start();
  observeSelfMetrics(metrics);
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

async function metricReaders({ metricsEndpoint, metricsInterval }: OwnTelemetryOptions) {
  if (metricsEndpoint === '') return [];
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-proto');
  const { PeriodicExportingMetricReader } = await import('@opentelemetry/sdk-metrics');
  const exporter = new OTLPMetricExporter({ url: `${metricsEndpoint}/v1/metrics` });
  return [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: metricsInterval })];
}

/** Families that exist when the SDK starts; read together in one callback. Histograms stay on /metrics. */
function observeSelfMetrics(metrics: SelfMetrics): void {
  const meter = metricsApi.getMeter(OWN_SERVICE_NAME);
  const instruments = new Map<string, Observable>();
  for (const { name, type } of metrics.samples()) {
    if (type === 'histogram' || instruments.has(name)) continue;
    const created = type === 'counter' ? meter.createObservableCounter(name) : meter.createObservableGauge(name);
    instruments.set(name, created);
  }
  meter.addBatchObservableCallback(
    (result) => {
      for (const { name, value, labels } of metrics.samples()) {
        const instrument = instruments.get(name);
        if (instrument !== undefined) result.observe(instrument, value, labels);
      }
    },
    [...instruments.values()],
  );
}
