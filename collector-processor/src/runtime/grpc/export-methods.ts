import { type Signal } from '../../model/signal.ts';

const prefix = '/opentelemetry.proto.collector';

/** Paths of OTLP's unary Export methods. */
export const exportMethods: Readonly<Record<Signal, string>> = {
  traces: `${prefix}.trace.v1.TraceService/Export`,
  metrics: `${prefix}.metrics.v1.MetricsService/Export`,
  logs: `${prefix}.logs.v1.LogsService/Export`,
};
