import { encodePlain, type EncodeResult } from '../model/otlp/encode.ts';
import { type MessageName } from '../model/otlp/schema.ts';
import { type Signal } from '../model/signal.ts';
import { messageOf } from '../runtime/errors.ts';

const requests: Readonly<Record<Signal, MessageName>> = {
  traces: 'ExportTraceServiceRequest',
  metrics: 'ExportMetricsServiceRequest',
  logs: 'ExportLogsServiceRequest',
};

const decoder = new TextDecoder('utf-8', { fatal: true });

/** OTLP/JSON as the protobuf message it stands for, so that both encodings give the same columns. */
export function transcode(signal: Signal, json: Uint8Array): EncodeResult {
  let request: unknown;
  try {
    request = JSON.parse(decoder.decode(json));
  } catch (error) {
    return { kind: 'malformed', reason: messageOf(error) };
  }
  return encodePlain(requests[signal], request);
}
