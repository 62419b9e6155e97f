import { type Encoding, type PartialSuccess } from '../model/export-request.ts';
import { encodeMessage } from '../model/otlp/encode.ts';
import { type Signal } from '../model/signal.ts';
import { exportMethods } from '../runtime/grpc/export-methods.ts';

/** One of OTLP's three services, on both wires. */
export interface ExportService {
  readonly signal: Signal;
  readonly httpPath: string;
  readonly grpcPath: string;
  /** The response message with its partial success; the field for the number has a name of its own in each. */
  partialResponse(partial: PartialSuccess, encoding: Encoding): Uint8Array;
}

export const exportServices: readonly ExportService[] = [
  {
    signal: 'traces',
    httpPath: '/v1/traces',
    grpcPath: exportMethods.traces,
    partialResponse({ rejectedItems, message }, encoding) {
      const partialSuccess = { rejectedSpans: String(rejectedItems), errorMessage: message };
      return encoding === 'json'
        ? json(partialSuccess)
        : encodeMessage('ExportTraceServiceResponse', { partialSuccess });
    },
  },
  {
    signal: 'metrics',
    httpPath: '/v1/metrics',
    grpcPath: exportMethods.metrics,
    partialResponse({ rejectedItems, message }, encoding) {
      const partialSuccess = { rejectedDataPoints: String(rejectedItems), errorMessage: message };
      return encoding === 'json'
        ? json(partialSuccess)
        : encodeMessage('ExportMetricsServiceResponse', { partialSuccess });
    },
  },
  {
    signal: 'logs',
    httpPath: '/v1/logs',
    grpcPath: exportMethods.logs,
    partialResponse({ rejectedItems, message }, encoding) {
      const partialSuccess = { rejectedLogRecords: String(rejectedItems), errorMessage: message };
      return encoding === 'json'
        ? json(partialSuccess)
        : encodeMessage('ExportLogsServiceResponse', { partialSuccess });
    },
  },
];

/** 64-bit integers are text in protobuf's JSON. */
function json(partialSuccess: Readonly<Record<string, string>>): Uint8Array {
  return Buffer.from(JSON.stringify({ partialSuccess }));
}
