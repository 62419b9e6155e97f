import { type Scalar } from './field.ts';
import { type ReverseWriter } from './reverse-writer.ts';
import { type FieldType } from './schema.ts';

/** A value that does not fit its field. `path` grows while the walk unwinds: `resourceSpans[0].scopeSpans[2].name`. */
export class PlainFault extends Error {
  path = '';

  within(name: string): this {
    const joint = this.path === '' || this.path.startsWith('[') ? '' : '.';
    this.path = name + joint + this.path;
    return this;
  }
}

type WriteScalar = (writer: ReverseWriter, value: unknown, field: FieldType) => void;

/** Each writes one number, text or run of bytes without its tag, or throws `PlainFault`. */
export const scalarWriters: Readonly<Record<Scalar | 'enum' | 'message', WriteScalar>> = {
  string: writeText,
  bytes: (writer, value) => writeBytes(writer, typeof value === 'string' ? fromBase64(value) : value),
  id: (writer, value) => writeBytes(writer, typeof value === 'string' ? fromHex(value) : value),
  message: writeBytes,
  bool: (writer, value) => writer.varint(boolean(value) ? 1 : 0),
  enum: (writer, value, field) => writer.varint64(BigInt(integer32(named(field, value), leastInt, mostInt))),
  int32: (writer, value) => writer.varint64(BigInt(integer32(value, leastInt, mostInt))),
  uint32: (writer, value) => writer.varint(integer32(value, 0, mostUint)),
  sint32: (writer, value) => writer.varint(zigzag(integer32(value, leastInt, mostInt))),
  fixed32: (writer, value) => writer.fixed32(integer32(value, 0, mostUint)),
  int64: (writer, value) => writer.varint64(integer64(value, true)),
  uint64: (writer, value) => writer.varint64(integer64(value, false)),
  sfixed64: (writer, value) => writer.fixed64(BigInt.asUintN(64, integer64(value, true))),
  fixed64: (writer, value) => writer.fixed64(integer64(value, false)),
  double: (writer, value) => writer.double(double(value)),
};

const leastInt = -0x80000000;
const mostInt = 0x7fffffff;
const mostUint = 0xffffffff;

function writeText(writer: ReverseWriter, text: unknown): void {
  if (typeof text !== 'string') throw new PlainFault('expected text');
  const before = writer.length;
  writer.text(text);
  writer.varint(writer.length - before);
}

function writeBytes(writer: ReverseWriter, value: unknown): void {
  if (!ArrayBuffer.isView(value) || !isBytes(value)) throw new PlainFault('expected bytes');
  writer.raw(value);
  writer.varint(value.length);
}

/** By tag instead of `instanceof`, which is no use across realms. */
function isBytes(value: ArrayBufferView): value is Uint8Array {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}

function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new PlainFault('expected an id in hex digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (hexDigit(text, i * 2) << 4) | hexDigit(text, i * 2 + 1);
  return bytes;
}

/** Of a text that is known to be hex. */
function hexDigit(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit <= 0x39 ? unit - 0x30 : (unit | 0x20) - 0x57;
}

/** Both alphabets, with and without padding, as protobuf's JSON mapping demands of readers. */
function fromBase64(text: string): Uint8Array {
  if (!/^[\w+/-]*={0,2}$/.test(text)) throw new PlainFault('expected bytes in base64');
  return Buffer.from(text, 'base64');
}

function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new PlainFault('expected true or false');
  return value;
}

function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

function double(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return NaN;
  if (value === 'Infinity') return Infinity;
  if (value === '-Infinity') return -Infinity;
  const parsed = typeof value === 'string' && /^[-+.\deE]+$/.test(value) ? Number(value) : NaN;
  if (Number.isNaN(parsed)) throw new PlainFault('expected a number');
  return parsed;
}

function named({ numbers }: FieldType, value: unknown): unknown {
  if (numbers === undefined || typeof value !== 'string') return value;
  return Object.hasOwn(numbers, value) ? numbers[value] : value;
}

function integer32(value: unknown, least: number, most: number): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most) {
    throw new PlainFault(`expected a whole number from ${least} to ${most}`);
  }
  return number;
}

function integer64(value: unknown, signed: boolean): bigint {
  const number = bigintOf(value);
  const fitting = signed ? BigInt.asIntN(64, number) : BigInt.asUintN(64, number);
  if (fitting !== number) throw new PlainFault('expected a whole number of 64 bits');
  return number;
}

function bigintOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  throw new PlainFault('expected a whole number of 64 bits');
}
