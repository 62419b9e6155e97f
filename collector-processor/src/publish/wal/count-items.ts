import { messageType, type MessageType, WireType } from '../../model/otlp/schema.ts';
import { WireFault, WireReader } from '../../model/otlp/wire-reader.ts';
import type { Signal } from '../../model/signal.ts';

/** The way to the items: field names, level by level; where a level has several, one of them. */
const paths = {
  traces: { message: 'ExportTraceServiceRequest', levels: [['resourceSpans'], ['scopeSpans'], ['spans']] },
  logs: { message: 'ExportLogsServiceRequest', levels: [['resourceLogs'], ['scopeLogs'], ['logRecords']] },
  metrics: {
    message: 'ExportMetricsServiceRequest',
    levels: [
      ['resourceMetrics'],
      ['scopeMetrics'],
      ['metrics'],
      ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'],
      ['dataPoints'],
    ],
  },
} as const;

/** Spans, points or records of an export request, without reading them; `undefined` when it is no protobuf. */
export function countItems(signal: Signal, protobuf: Uint8Array): number | undefined {
  const { message, levels } = paths[signal];
  try {
    return countBelow(new WireReader(protobuf), messageType(message), levels);
  } catch (error) {
    if (error instanceof WireFault) return undefined;
    throw error;
  }
}

function countBelow(reader: WireReader, type: MessageType, levels: readonly (readonly string[])[]): number {
  const [names = [], ...below] = levels;
  let count = 0;
  while (reader.position < reader.end) {
    const tag = reader.tag();
    const field = type.byNumber.get(tag >>> 3);
    const isOnPath = field !== undefined && names.includes(field.name) && (tag & 7) === WireType.bytes;
    if (!isOnPath || below.length === 0) {
      reader.skip(tag & 7);
      if (isOnPath) count++;
    } else if (field.message !== undefined) {
      const outer = reader.enter();
      count += countBelow(reader, field.message, below);
      reader.leave(outer);
    }
  }
  return count;
}
