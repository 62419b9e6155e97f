import { type BackendType, never } from './backend-type.ts';

/** VictoriaMetrics: metrics over HTTP. Answers 400 to JSON; inflates gzip and zstd. */
export const victoriametrics: BackendType = {
  type: 'victoriametrics',
  signals: ['metrics'],
  protocols: ['http'],
  paths: { traces: '', metrics: '/opentelemetry/v1/metrics', logs: '' },
  encodings: ['protobuf'],
  compressions: ['identity', 'gzip', 'zstd'],
  serverErrorsPass: true,
  isEmptyRefusal: never,
};
