import { decodeMessage } from '../../model/otlp/decode-message.ts';
import type { Decoded } from '../../model/otlp/plain-message.ts';
import { WireType } from '../../model/otlp/schema.ts';
import { WireFault, WireReader } from '../../model/otlp/wire-reader.ts';
import type { Signal } from '../../model/signal.ts';
import type { Mask } from '../../runtime/masking.ts';

/** The first items of a dead letter for a person to look at: one line each, masked. */
export interface LetterPreview {
  readonly lines: readonly string[];
  /** There are no more than these. */
  readonly isWhole: boolean;
  /** Why it cannot be read, or read further. */
  readonly fault?: string;
}

const MAX_LINES = 20;
const MAX_LINE_LENGTH = 500;
const MAX_VALUE_LENGTH = 200;
const MAX_DEPTH = 3;
/** In all three signals: request → 1 resource block → { 1 resource, 2 scope block → 2 items }. */
const field = { blocks: 1, resource: 1, scopes: 2, items: 2 } as const;

const describers: Readonly<Record<Signal, (item: Uint8Array) => string | undefined>> = {
  traces: (item) => describe(decodeMessage('Span', item), spanLine),
  logs: (item) => describe(decodeMessage('LogRecord', item), logLine),
  metrics: (item) => describe(decodeMessage('Metric', item), metricLine),
};

/** Reads no further than the lines go: a large body costs no more than a small one. */
export function previewOf(signal: Signal, protobuf: Uint8Array, mask: Mask): LetterPreview {
  const lines: string[] = [];
  try {
    for (const line of linesOf(signal, protobuf)) {
      if (lines.length === MAX_LINES) return { lines, isWhole: false };
      const masked = mask(line);
      lines.push(masked.length > MAX_LINE_LENGTH ? `${masked.slice(0, MAX_LINE_LENGTH)}…` : masked);
    }
    return { lines, isWhole: true };
  } catch (error) {
    if (!(error instanceof WireFault)) throw error;
    return { lines, isWhole: false, fault: `no OTLP from byte ${error.offset} on: ${error.message}` };
  }
}

function* linesOf(signal: Signal, protobuf: Uint8Array): Generator<string> {
  for (const block of fieldsOf(protobuf, field.blocks)) {
    const service = serviceOf(block);
    for (const scope of fieldsOf(block, field.scopes)) {
      for (const item of fieldsOf(scope, field.items)) {
        yield `${service}  ${describers[signal](item) ?? '(cannot be read)'}`;
      }
    }
  }
}

/** Values of one field whose values are messages. */
function* fieldsOf(message: Uint8Array, wanted: number): Generator<Uint8Array> {
  const reader = new WireReader(message);
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag >>> 3 === wanted && (tag & 7) === WireType.bytes) yield reader.bytes();
    else reader.skip(tag & 7);
  }
}

function serviceOf(block: Uint8Array): string {
  for (const resource of fieldsOf(block, field.resource)) {
    const read = decodeMessage('Resource', resource);
    const attributes = read.kind === 'message' ? (read.message.attributes ?? []) : [];
    const named = attributes.find(({ key }) => key === 'service.name');
    if (named?.value !== undefined) return textOf(named.value);
  }
  return '(no service.name)';
}

function describe<Message>(
  read: { readonly kind: 'message'; readonly message: Message } | { readonly kind: 'malformed' },
  line: (message: Message) => string,
): string | undefined {
  return read.kind === 'message' ? line(read.message) : undefined;
}

function spanLine({ name = '', startTimeUnixNano = 0n, endTimeUnixNano = 0n, attributes }: Decoded<'Span'>): string {
  const ms = Number(endTimeUnixNano - startTimeUnixNano) / 1e6;
  return `${timeOf(startTimeUnixNano)}  ${name}  ${ms} ms${attributesText(attributes)}`;
}

function logLine(record: Decoded<'LogRecord'>): string {
  const { timeUnixNano = 0n, observedTimeUnixNano = 0n, severityText = '', body, attributes } = record;
  const time = timeOf(timeUnixNano === 0n ? observedTimeUnixNano : timeUnixNano);
  return `${time}  ${severityText}  ${body === undefined ? '' : textOf(body)}${attributesText(attributes)}`;
}

function metricLine(metric: Decoded<'Metric'>): string {
  const { name = '', unit = '', gauge, sum, histogram, exponentialHistogram, summary } = metric;
  const kinds = { gauge, sum, histogram, exponentialHistogram, summary };
  const [kind = 'empty', data] = Object.entries(kinds).find(([, given]) => given !== undefined) ?? [];
  const points = data?.dataPoints ?? [];
  const first = points[0]?.attributes;
  return `${name} ${unit}  ${kind}, ${points.length} points${attributesText(first)}`;
}

/** `key=value`, so that the mask sees a secret's name beside it. */
function attributesText(attributes: readonly Decoded<'KeyValue'>[] | undefined): string {
  return (attributes ?? [])
    .map(({ key = '', value }) => `  ${key}=${value === undefined ? '' : textOf(value)}`)
    .join('');
}

function textOf(value: Decoded<'AnyValue'>, depth = 0): string {
  const { stringValue, arrayValue, kvlistValue, bytesValue } = value;
  if (depth > MAX_DEPTH) return '…';
  if (stringValue !== undefined) return stringValue.slice(0, MAX_VALUE_LENGTH);
  if (bytesValue !== undefined) return `${bytesValue.length} bytes`;
  if (arrayValue !== undefined) {
    return `[${(arrayValue.values ?? [])
      .slice(0, 10)
      .map((each) => textOf(each, depth + 1))
      .join(', ')}]`;
  }
  if (kvlistValue !== undefined) {
    const texts = (kvlistValue.values ?? []).slice(0, 10);
    return `{${texts.map(({ key = '', value: each = {} }) => `${key}=${textOf(each, depth + 1)}`).join(', ')}}`;
  }
  return String(value.boolValue ?? value.intValue ?? value.doubleValue ?? '');
}

function timeOf(unixNano: bigint): string {
  const date = new Date(Number(unixNano / 1_000_000n));
  return unixNano === 0n || Number.isNaN(date.getTime()) ? '(no time)' : date.toISOString();
}
