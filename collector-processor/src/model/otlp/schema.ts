/**
 * OTLP's messages by name. Names and numbers are those of the OTLP specification 1.11; nested
 * messages carry their parent's name (`SpanEvent`, `SpanLink`, `SpanStatus`) because `Status` is google.rpc's.
 */
import { commonMessages } from './common-messages.ts';
import { type Field, type Scalar } from './field.ts';
import { logEnums, logMessages } from './log-messages.ts';
import { metricEnums, metricMessages } from './metric-messages.ts';
import { statusMessages } from './status-messages.ts';
import { traceEnums, traceMessages } from './trace-messages.ts';

const messages = { ...commonMessages, ...traceMessages, ...metricMessages, ...logMessages, ...statusMessages } as const;
const enums: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ...traceEnums,
  ...metricEnums,
  ...logEnums,
};

export type Messages = typeof messages;
export type MessageName = keyof Messages;

/** Protobuf wire types that OTLP uses; 3 and 4 (groups) are refused, 6 and 7 do not exist. */
export const WireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Deepest nesting of messages that is read or written; an AnyValue may nest without end. */
export const MAX_DEPTH = 100;

/** A field made ready for walking. Exactly one of `message` and `numbers` is present for a message and an enumeration. */
export interface FieldType {
  readonly number: number;
  readonly name: string;
  /** The proto spelling, which OTLP/JSON readers accept too. */
  readonly snakeName: string;
  readonly repeated: boolean;
  readonly oneof: boolean;
  readonly scalar: Scalar | 'enum' | 'message';
  readonly message?: MessageType;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly wire: number;
  /** Repeated numbers are written in one run; both forms are read. */
  readonly packed: boolean;
}

export interface MessageType {
  readonly name: MessageName;
  readonly fields: readonly FieldType[];
  readonly byNumber: ReadonlyMap<number, FieldType>;
}

const compiled = new Map<MessageName, MessageType>();

/** The table of one message. */
export function messageType(name: MessageName): MessageType {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const fields: FieldType[] = [];
  const byNumber = new Map<number, FieldType>();
  const type = { name, fields, byNumber };
  compiled.set(name, type);
  for (const field of messages[name]) {
    const ready = fieldType(field);
    fields.push(ready);
    byNumber.set(ready.number, ready);
  }
  return type;
}

function fieldType(field: Field): FieldType {
  const { number, name, type, repeated, oneof = false } = field;
  const snakeName = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const common = { number, name, snakeName, repeated, oneof };
  if (isMessageName(type)) {
    return { ...common, scalar: 'message', message: messageType(type), wire: WireType.bytes, packed: false };
  }
  const numbers = enums[type];
  if (numbers !== undefined) return { ...common, scalar: 'enum', numbers, wire: WireType.varint, packed: repeated };
  if (!isScalar(type)) throw new TypeError(`Field ${name} has the unknown type ${type}.`);
  const wire = wireTypes[type];
  return { ...common, scalar: type, wire, packed: repeated && wire !== WireType.bytes };
}

function isScalar(type: string): type is Scalar {
  return Object.hasOwn(wireTypes, type);
}

function isMessageName(type: string): type is MessageName {
  return Object.hasOwn(messages, type);
}

const wireTypes: Readonly<Record<Scalar, number>> = {
  string: WireType.bytes,
  bytes: WireType.bytes,
  id: WireType.bytes,
  bool: WireType.varint,
  int32: WireType.varint,
  uint32: WireType.varint,
  sint32: WireType.varint,
  int64: WireType.varint,
  uint64: WireType.varint,
  fixed32: WireType.fixed32,
  fixed64: WireType.fixed64,
  sfixed64: WireType.fixed64,
  double: WireType.fixed64,
};
