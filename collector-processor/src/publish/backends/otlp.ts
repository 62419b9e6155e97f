import { type BackendType, never, otlpPaths } from './backend-type.ts';

/** Any OTLP server over gRPC. */
export const otlp: BackendType = {
  type: 'otlp',
  signals: ['traces', 'metrics', 'logs'],
  protocols: ['grpc'],
  paths: otlpPaths,
  encodings: ['protobuf'],
  compressions: ['identity', 'gzip'],
  serverErrorsPass: false,
  isEmptyRefusal: never,
};
