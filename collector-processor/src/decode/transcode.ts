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

/**
 * OTLP/JSON as the protobuf message it stands for, so that both encodings give the same columns. Bodies of more than
 * `maxValues` names and values are refused before they are parsed: `[[],[],…` takes thirty times its bytes.
 */
export function transcode(signal: Signal, json: Uint8Array, maxValues = Infinity): EncodeResult {
  if (json.length > maxValues && countValues(json) > maxValues) {
    return {
      kind: 'malformed',
      tooLarge: true,
      reason: `more than ${maxValues} names and values in one request: send smaller batches, or raise decode.max_json_values`,
    };
  }
  let request: unknown;
  try {
    request = JSON.parse(decoder.decode(json));
  } catch (error) {
    return { kind: 'malformed', reason: messageOf(error) };
  }
  return encodePlain(requests[signal], request);
}

const [BRACE, BRACKET, COMMA, COLON] = Buffer.from('{[,:');

/** What costs an object, a list, a name or a value; in texts too, so rather too many. */
function countValues(json: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === COMMA || byte === COLON || byte === BRACE || byte === BRACKET) count++;
  }
  return count;
}
