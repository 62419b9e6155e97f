import { pointKinds, type LogColumns, type TelemetryColumns } from '../model/columns.ts';
import { decodeMessage } from '../model/otlp/decode-message.ts';
import { messageType, type MessageName, WireType } from '../model/otlp/schema.ts';
import { WireReader } from '../model/otlp/wire-reader.ts';
import { attributeText } from './attribute-text.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const pointMessages: readonly MessageName[] = [
  'NumberDataPoint',
  'NumberDataPoint',
  'HistogramDataPoint',
  'ExponentialHistogramDataPoint',
  'SummaryDataPoint',
];

/** All attributes of one item as text, read from its bytes; of a key given twice the last value counts. For new series, not for every item. */
export function readItemAttributes(columns: TelemetryColumns, row: number): Map<string, string> {
  const attributes = new Map<string, string>();
  const item = columns.payload.subarray(columns.itemStart[row], columns.itemEnd[row]);
  const reader = new WireReader(item);
  const attributeTag = tagOf(messageOf(columns, row));
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag !== attributeTag) {
      reader.skip(tag & 7);
      continue;
    }
    const result = decodeMessage('KeyValue', reader.bytes());
    if (result.kind === 'malformed') continue;
    const { key = '', value = {} } = result.message;
    attributes.set(key, attributeText(value));
  }
  return attributes;
}

/** The body of a log record as text: as it is, or lists, maps and numbers as JSON. */
export function readBodyText(columns: LogColumns, row: number): string {
  const bytes = columns.payload.subarray(columns.bodyStart[row], columns.bodyEnd[row]);
  if (columns.bodyIsText[row] === 1) return decoder.decode(bytes);
  const result = decodeMessage('AnyValue', bytes);
  return result.kind === 'message' ? attributeText(result.message) : '';
}

function messageOf(columns: TelemetryColumns, row: number): MessageName {
  if (columns.signal === 'traces') return 'Span';
  if (columns.signal === 'logs') return 'LogRecord';
  return pointMessages[columns.kind[row] ?? pointKinds.length] ?? 'NumberDataPoint';
}

function tagOf(name: MessageName): number {
  const field = messageType(name).fields.find((candidate) => candidate.name === 'attributes');
  return field === undefined ? 0 : field.number * 8 + WireType.bytes;
}
