import { type Scalar } from './field.ts';
import { type Decoded } from './plain-message.ts';
import { type FieldType, type MessageName, type MessageType, messageType, WireType } from './schema.ts';
import { WireFault, WireReader } from './wire-reader.ts';

export type MessageResult<Name extends MessageName> =
  | { readonly kind: 'message'; readonly message: Decoded<Name> }
  | { readonly kind: 'malformed'; readonly reason: string; readonly offset: number };

/**
 * Reads a whole message into a plain object: for responses and tests, never for telemetry on its way (an object per
 * item). Unknown fields are skipped; a message field given twice is merged, of a scalar the last one counts.
 */
export function decodeMessage<Name extends MessageName>(name: Name, bytes: Uint8Array): MessageResult<Name> {
  try {
    const message = readMessage(new WireReader(bytes), messageType(name), {});
    return { kind: 'message', message: message as Decoded<Name> };
  } catch (error) {
    if (!(error instanceof WireFault)) throw error;
    return { kind: 'malformed', reason: error.message, offset: error.offset };
  }
}

type Target = Record<string, unknown>;

function readMessage(reader: WireReader, type: MessageType, target: Target): Target {
  while (reader.position < reader.end) {
    const tag = reader.tag();
    const field = type.byNumber.get(tag >>> 3);
    const wire = tag & 7;
    const value = field === undefined || wire !== field.wire ? undefined : readValue(reader, field, target);
    if (field === undefined) reader.skip(wire);
    else if (value === undefined) readOther(reader, field, { target, wire });
    else if (field.repeated) listOf(target, field.name).push(value);
    else {
      if (field.oneof) clearOthers(target, type, field);
      target[field.name] = value;
    }
  }
  return target;
}

function clearOthers(target: Target, { fields }: MessageType, { name }: FieldType): void {
  for (const other of fields) if (other.oneof && other.name !== name) Reflect.deleteProperty(target, other.name);
}

/** A known field in another wire type than its own: packed numbers, or something to skip. */
function readOther(reader: WireReader, field: FieldType, { target, wire }: { target: Target; wire: number }): void {
  if (!field.packed || wire !== WireType.bytes) {
    reader.skip(wire);
    return;
  }
  const list = listOf(target, field.name);
  const outer = reader.enter();
  while (reader.position < reader.end) list.push(scalarReaders[field.scalar](reader));
  reader.leave(outer);
}

function readValue(reader: WireReader, { name, scalar, message, repeated }: FieldType, target: Target): unknown {
  if (message === undefined) return scalarReaders[scalar](reader);
  const known = target[name];
  const outer = reader.enter();
  const value = readMessage(reader, message, !repeated && isTarget(known) ? known : {});
  reader.leave(outer);
  return value;
}

const scalarReaders: Readonly<Record<Scalar | 'enum' | 'message', (reader: WireReader) => unknown>> = {
  string: (reader) => reader.text(),
  bytes: (reader) => reader.bytes(),
  id: (reader) => reader.bytes(),
  message: (reader) => reader.bytes(),
  bool: (reader) => reader.varint64() !== 0n,
  enum: int32,
  int32,
  uint32: (reader) => Number(BigInt.asUintN(32, reader.varint64())),
  sint32: zigzag32,
  int64: (reader) => BigInt.asIntN(64, reader.varint64()),
  uint64: (reader) => reader.varint64(),
  fixed32: (reader) => reader.fixed32(),
  fixed64: (reader) => reader.fixed64(),
  sfixed64: (reader) => BigInt.asIntN(64, reader.fixed64()),
  double: (reader) => reader.double(),
};

function int32(reader: WireReader): number {
  return Number(BigInt.asIntN(32, reader.varint64()));
}

function zigzag32(reader: WireReader): number {
  const value = Number(BigInt.asUintN(32, reader.varint64()));
  return (value >>> 1) ^ -(value & 1);
}

function listOf(target: Target, name: string): unknown[] {
  const known = target[name];
  if (Array.isArray(known)) return known;
  const created: unknown[] = [];
  target[name] = created;
  return created;
}

function isTarget(value: unknown): value is Target {
  return typeof value === 'object' && value !== null;
}
