import type { Encoding } from '../../model/export-request.ts';
import { encodeMessage } from '../../model/otlp/encode.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import { retryInfoTypeUrl } from '../../model/otlp/status-messages.ts';
import type { Signal } from '../../model/signal.ts';

/** `{}` of a signal's export response, or one with a partial success. */
export function exportResponse(signal: Signal, partial?: { rejected: number; message: string }): Uint8Array {
  const errorMessage = partial?.message ?? '';
  const rejected = partial?.rejected ?? 0;
  if (partial === undefined) return new Uint8Array(0);
  switch (signal) {
    case 'traces':
      return encodeMessage('ExportTraceServiceResponse', { partialSuccess: { rejectedSpans: rejected, errorMessage } });
    case 'metrics':
      return encodeMessage('ExportMetricsServiceResponse', {
        partialSuccess: { rejectedDataPoints: rejected, errorMessage },
      });
    case 'logs':
      return encodeMessage('ExportLogsServiceResponse', {
        partialSuccess: { rejectedLogRecords: rejected, errorMessage },
      });
  }
}

const rejectedName = { traces: 'rejectedSpans', metrics: 'rejectedDataPoints', logs: 'rejectedLogRecords' } as const;

export function exportResponseJson(signal: Signal, partial?: { rejected: number; message: string }): string {
  if (partial === undefined) return '{}';
  const { rejected, message } = partial;
  return JSON.stringify({ partialSuccess: { [rejectedName[signal]]: String(rejected), errorMessage: message } });
}

/** google.rpc.Status, with a RetryInfo when the sender is told when to come back. */
export function statusMessage(code: number, message: string, retryAfterS?: number): Uint8Array {
  const status: Plain<'Status'> = { code, message };
  if (retryAfterS === undefined) return encodeMessage('Status', status);
  const seconds = Math.floor(retryAfterS);
  const nanos = Math.round((retryAfterS - seconds) * 1e9);
  const value = encodeMessage('RetryInfo', { retryDelay: { seconds, nanos } });
  return encodeMessage('Status', { ...status, details: [{ typeUrl: retryInfoTypeUrl, value }] });
}

export function statusBody(encoding: Encoding, code: number, message: string): Uint8Array | string {
  return encoding === 'json' ? JSON.stringify({ code, message }) : statusMessage(code, message);
}
