import { encodeMessage } from '../../../model/otlp/encode.ts';
import type { Plain } from '../../../model/otlp/plain-message.ts';
import type { Signal } from '../../../model/signal.ts';
import { createRandom } from '../../../testing/random.ts';
import { gauge, nano, span } from '../../../testing/telemetry-builder-items.ts';
import { logsRequest, metricsRequest, traceRequest } from '../../../testing/telemetry-builder.ts';

const FROM_MS = Date.UTC(2026, 2, 3, 12);
const STEP_MS = 10_000;
const STEPS = 90;
const FAULT_FROM = 80;

export interface RecordedRequest {
  readonly signal: Signal;
  readonly json: string;
  readonly protobuf: Uint8Array;
}

/** A quarter of an hour of all three signals in the order of time; at its end a queue grows, calls fail, an error is logged. */
export function recorded(): RecordedRequest[] {
  const random = createRandom(7);
  return Array.from({ length: STEPS }, (_unused, step) => {
    const at = FROM_MS + step * STEP_MS + 1_000;
    const faulty = step >= FAULT_FROM;
    const value = 20 + 4 * random.next() + (faulty ? 60 : 0);
    const spans = Array.from({ length: 30 }, (_one, i) => {
      const failed = faulty && i % 2 === 0 ? { status: { code: 2 } } : {};
      return span({ endMs: at + i * 200, durationMs: 20 + random.integer(10), ...failed });
    });
    const records = Array.from({ length: faulty ? 5 : 2 }, (_one, i) => record(at + i * 100, faulty && i > 1, i));
    return [
      asRequest('metrics', 'ExportMetricsServiceRequest', metricsRequest([gauge('queue', [{ value, timeMs: at }])])),
      asRequest('traces', 'ExportTraceServiceRequest', traceRequest(spans)),
      asRequest('logs', 'ExportLogsServiceRequest', logsRequest(records)),
    ];
  }).flat();
}

function record(timeMs: number, failed: boolean, number: number): Plain<'LogRecord'> {
  const text = failed ? `cannot reach the ledger at 10.0.0.${number}` : `order ${number} was taken`;
  return { timeUnixNano: nano(timeMs), severityNumber: failed ? 17 : 9, body: { stringValue: text } };
}

function asRequest<
  Name extends 'ExportMetricsServiceRequest' | 'ExportTraceServiceRequest' | 'ExportLogsServiceRequest',
>(signal: Signal, name: Name, message: Plain<Name>): RecordedRequest {
  return { signal, json: JSON.stringify(message), protobuf: encodeMessage(name, message) };
}
