import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { signals } from '../../src/model/signal.ts';
import { type ClientCase } from './client-case.ts';
import { sendLogs, sendPoints, sendSpans } from './js-sdk-senders.ts';
import { type Pipeline } from './pipeline.ts';

const COUNT = 500;
const protocols = ['grpc', 'http/protobuf', 'http/json'] as const;
const compressions = ['none', 'gzip'] as const;

type Protocol = (typeof protocols)[number];

const exporters = {
  grpc: { traces: GrpcTraces, metrics: GrpcMetrics, logs: GrpcLogs },
  'http/protobuf': { traces: ProtobufTraces, metrics: ProtobufMetrics, logs: ProtobufLogs },
  'http/json': { traces: JsonTraces, metrics: JsonMetrics, logs: JsonLogs },
} as const;

/** The OpenTelemetry JS SDK with each of its nine exporters, plain and compressed. */
export function jsSdkCases(): ClientCase[] {
  return signals.flatMap((signal) =>
    protocols.flatMap((protocol) =>
      compressions.map((compression): ClientCase => {
        const { traces, metrics, logs } = exporters[protocol];
        return {
          name: `js-sdk ${signal} ${protocol} ${compression}`,
          signal,
          count: COUNT,
          arrivesAs: `${protocol === 'http/json' ? 'json' : 'protobuf'} ${compression === 'none' ? 'identity' : 'gzip'}`,
          async send(known, pipeline) {
            process.env.OTEL_EXPORTER_OTLP_COMPRESSION = compression;
            const settings = { url: urlOf(protocol, signal, pipeline) };
            if (signal === 'traces') await sendSpans(new traces(settings), known);
            else if (signal === 'metrics') await sendPoints(new metrics(settings), known);
            else await sendLogs(new logs(settings), known);
          },
        };
      }),
    ),
  );
}

function urlOf(protocol: Protocol, signal: string, { grpcPort, httpPort }: Pipeline): string {
  return protocol === 'grpc' ? `http://127.0.0.1:${grpcPort}` : `http://127.0.0.1:${httpPort}/v1/${signal}`;
}
