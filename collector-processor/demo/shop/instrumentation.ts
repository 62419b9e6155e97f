import { metrics } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { hostDetector, resourceAttributesEnvDetector, serviceNameEnvDetector } from '@opentelemetry/resources';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { nameClientSpan, peerOf } from './client-span.ts';

/** Every exporter of the shop sends twice a second, so that a bucket of one second is complete when it closes. */
const FLUSH_MS = 500;

/**
 * Starts the OpenTelemetry SDK as a service of one's own would: addresses and resource attributes come from the standard
 * variables (OTEL_EXPORTER_OTLP_…_ENDPOINT, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES). Modules that use `node:http` are to be
 * loaded afterwards.
 */
export function startInstrumentation(): NodeSDK {
  process.env.OTEL_BSP_SCHEDULE_DELAY = String(FLUSH_MS);
  const sdk = new NodeSDK({
    resourceDetectors: [resourceAttributesEnvDetector, serviceNameEnvDetector, hostDetector],
    traceExporter: new OTLPTraceExporter(),
    metricReaders: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter(),
        exportIntervalMillis: FLUSH_MS,
        exportTimeoutMillis: FLUSH_MS,
      }),
    ],
    logRecordProcessors: [
      new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(), scheduledDelayMillis: FLUSH_MS }),
    ],
    instrumentations: [new HttpInstrumentation({ startOutgoingSpanHook: peerOf, requestHook: nameClientSpan })],
  });
  sdk.start();
  observeProcess();
  return sdk;
}

function observeProcess(): void {
  const meter = metrics.getMeter('shop.process');
  meter
    .createObservableUpDownCounter('process.memory.usage', { unit: 'By', description: 'Resident memory.' })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  meter
    .createObservableCounter('process.cpu.time', { unit: 's', description: 'Processor time used.' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { 'cpu.mode': 'user' });
      result.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
}
