import { WireReader } from '../../src/model/otlp/wire-reader.ts';

/** One field of a well-formed message as it stands on the wire. */
export interface WireField {
  readonly number: number;
  readonly wire: number;
  /** With tag and length. */
  readonly bytes: Uint8Array;
  /** Without. */
  readonly value: Uint8Array;
}

export function wireFields(message: Uint8Array): WireField[] {
  const reader = new WireReader(message);
  const fields: WireField[] = [];
  while (reader.position < message.length) {
    const from = reader.position;
    const tag = reader.tag();
    const start = reader.position;
    const wire = tag & 7;
    const value = wire === 2 ? reader.bytes() : undefined;
    if (value === undefined) reader.skip(wire);
    const bytes = message.subarray(from, reader.position);
    fields.push({ number: tag >>> 3, wire, bytes, value: value ?? message.subarray(start, reader.position) });
  }
  return fields;
}

/** `padding` bytes are spent in vain, as protobuf allows. */
export function varint(value: number, padding = 0): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  for (let i = 0; i < padding; i++) {
    bytes[bytes.length - 1]! |= 128;
    bytes.push(0);
  }
  return Buffer.from(bytes);
}

export function block(number: number, value: Uint8Array, padding = 0): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(value.length, padding), value]);
}
