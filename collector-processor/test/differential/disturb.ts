import { type FieldType, type MessageName, type MessageType, messageType } from '../../src/model/otlp/schema.ts';
import { type Random } from '../../src/testing/random.ts';
import { block, varint, wireFields, type WireField } from './wire-fields.ts';

/**
 * The same message in another legal spelling: fields in any order, unknown fields between them, messages given in two
 * parts, repeated numbers one by one instead of packed, lengths with vain bytes. Values of attributes stay as they are,
 * because their bytes are what a point's hash is made of.
 */
export function disturb(name: MessageName, bytes: Uint8Array, random: Random): Uint8Array {
  return disturbed(messageType(name), bytes, random);
}

function disturbed(type: MessageType, bytes: Uint8Array, random: Random): Uint8Array {
  if (type.name === 'AnyValue') return bytes;
  const parts = wireFields(bytes).flatMap((field) => spelled(type.byNumber.get(field.number), field, random));
  if (random.oneIn(2)) parts.push(unknown(random));
  if (random.oneIn(2)) shuffle(parts, random);
  return Buffer.concat(parts);
}

function spelled(known: FieldType | undefined, field: WireField, random: Random): Uint8Array[] {
  if (known === undefined) return [field.bytes];
  if (known.packed && random.oneIn(2)) return unpacked(known, field);
  if (known.message === undefined || known.message.name === 'AnyValue') return [field.bytes];
  const value = disturbed(known.message, field.value, random);
  const padding = random.oneIn(4) && value.length > 0 ? random.integer(2) : 0;
  if (known.repeated || !random.oneIn(3)) return [block(field.number, value, padding)];
  const inner = wireFields(value);
  const cut = random.integer(inner.length + 1);
  const half = (fields: WireField[]) => block(field.number, Buffer.concat(fields.map(({ bytes }) => bytes)));
  return [half(inner.slice(0, cut)), half(inner.slice(cut))];
}

function unpacked(known: FieldType, { number, value }: WireField): Uint8Array[] {
  const tag = varint(number * 8 + known.wire);
  const numbers: Uint8Array[] = [];
  for (let start = 0, at = 0; at < value.length; start = at) {
    if (known.wire === 1) at += 8;
    else while (value[at++]! >= 128);
    numbers.push(Buffer.concat([tag, value.subarray(start, at)]));
  }
  return numbers;
}

/** Field 1000 and up, and small numbers that OTLP leaves free, in every wire type. */
function unknown(random: Random): Buffer {
  const number = random.pick([25, 1000, 536870911]);
  switch (random.integer(4)) {
    case 0:
      return Buffer.concat([varint(number * 8), varint(random.integer(1e9))]);
    case 1:
      return Buffer.concat([varint(number * 8 + 1), random.bytes(8)]);
    case 2:
      return block(number, random.bytes(random.integer(200)));
    default:
      return Buffer.concat([varint(number * 8 + 5), random.bytes(4)]);
  }
}

function shuffle(parts: Uint8Array[], random: Random): void {
  for (let i = parts.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [parts[i], parts[j]] = [parts[j]!, parts[i]!];
  }
}
