import { Type } from 'typebox';
import { Duration, Text } from '../types.ts';

/** Sentinel's own telemetry. */
export const telemetrySection = Type.Object(
  {
    log_level: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], {
      default: 'info',
      description: 'Least severe log records that are written (to standard error, as JSON lines).',
    }),
    traces_endpoint: Text(
      '',
      'OTLP gRPC address for spans about Sentinel itself, such as http://localhost:4317; empty sends none.',
    ),
    traces_ratio: Type.Number({
      default: 0.01,
      minimum: 0,
      maximum: 1,
      description: 'Share of export requests that get a span.',
    }),
    metrics_endpoint: Text(
      '',
      'OTLP/HTTP address for metrics about Sentinel itself, such as http://localhost:4318; empty sends none. /metrics is always there.',
    ),
    metrics_interval: Duration('15s', 'How often those metrics are sent.', { least: '1s' }),
  },
  { additionalProperties: false, default: {}, description: 'What Sentinel reports about itself.' },
);
