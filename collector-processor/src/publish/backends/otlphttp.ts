import { type BackendType, never, otlpPaths } from './backend-type.ts';

/** Any OTLP server over HTTP: a Collector, Mimir, Prometheus, Jaeger. zstd is not of the specification, so it is left to settings. */
export const otlphttp: BackendType = {
  type: 'otlphttp',
  signals: ['traces', 'metrics', 'logs'],
  protocols: ['http'],
  paths: otlpPaths,
  encodings: ['protobuf', 'json'],
  compressions: ['identity', 'gzip'],
  serverErrorsPass: false,
  isEmptyRefusal: never,
};
