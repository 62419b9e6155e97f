import type { BackendType } from './backend-type.ts';

/** Loki: logs over HTTP. Answers 204; 422 to a request without records; 500 while its ingesters are away. */
export const loki: BackendType = {
  type: 'loki',
  signals: ['logs'],
  protocols: ['http'],
  paths: { traces: '', metrics: '', logs: '/otlp/v1/logs' },
  encodings: ['protobuf', 'json'],
  compressions: ['identity', 'gzip', 'zstd'],
  serverErrorsPass: true,
  isEmptyRefusal: (status, reason) => status === 422 && reason.includes('at least one valid stream is required'),
};
