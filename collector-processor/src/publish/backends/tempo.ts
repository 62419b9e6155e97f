import { type BackendType, never, otlpPaths } from './backend-type.ts';

/** Tempo: traces over HTTP or gRPC. Its intake is the Collector's OTLP receiver. */
export const tempo: BackendType = {
  type: 'tempo',
  signals: ['traces'],
  protocols: ['http', 'grpc'],
  paths: otlpPaths,
  encodings: ['protobuf', 'json'],
  compressions: ['identity', 'gzip', 'zstd'],
  serverErrorsPass: false,
  isEmptyRefusal: never,
};
