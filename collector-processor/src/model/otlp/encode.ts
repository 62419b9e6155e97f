import { PlainFault, scalarWriters } from './encode-scalar.ts';
import { type Plain } from './plain-message.ts';
import { ReverseWriter } from './reverse-writer.ts';
import { MAX_DEPTH, type FieldType, type MessageName, type MessageType, messageType, WireType } from './schema.ts';

export type EncodeResult =
  | { readonly kind: 'protobuf'; readonly bytes: Uint8Array }
  | { readonly kind: 'malformed'; readonly reason: string; readonly tooLarge?: true };

const MAX_PATH_LENGTH = 120;

/**
 * Protobuf bytes of a message. What is present is written, also when it is zero or empty. Throws TypeError with the path
 * of a value that does not fit.
 */
export function encodeMessage<Name extends MessageName>(name: Name, message: Plain<Name>): Uint8Array {
  const result = encodePlain(name, message);
  if (result.kind === 'malformed') throw new TypeError(`${name}: ${result.reason}`);
  return result.bytes;
}

/**
 * The same for a value from outside, such as parsed JSON: both spellings of names, enumerations by number or name, null
 * as absent, unknown names ignored. Only own properties that the schema names are read, so that a hostile key
 * (`__proto__`) means nothing. The reason ends with the path of the fault.
 */
export function encodePlain(name: MessageName, value: unknown): EncodeResult {
  const walk = new Walk();
  try {
    walk.fields(messageType(name), value);
  } catch (error) {
    if (!(error instanceof PlainFault)) throw error;
    return { kind: 'malformed', reason: `${error.message} at ${shownPath(error.path)}` };
  }
  return { kind: 'protobuf', bytes: walk.writer.take() };
}

/** The beginning says where to look; a path through a hundred messages would say no more. */
function shownPath(path: string): string {
  if (path === '') return 'the top';
  return path.length <= MAX_PATH_LENGTH ? path : `${path.slice(0, MAX_PATH_LENGTH)}…`;
}

/** From the last field to the first, as the writer wants it. */
class Walk {
  readonly writer = new ReverseWriter();
  #depth = 0;

  fields({ fields }: MessageType, value: unknown): void {
    if (++this.#depth > MAX_DEPTH) throw new PlainFault(`nested deeper than ${MAX_DEPTH} messages`);
    if (!isRecord(value)) throw new PlainFault('expected an object');
    for (let i = fields.length - 1; i >= 0; i--) {
      const field = fields[i];
      const found = field === undefined ? undefined : valueOf(value, field);
      if (field === undefined || found === undefined || found === null) continue;
      try {
        if (field.repeated) this.#list(field, found);
        else this.#tagged(field, found);
      } catch (error) {
        throw error instanceof PlainFault ? error.within(field.name) : error;
      }
    }
    this.#depth--;
  }

  #list(field: FieldType, value: unknown): void {
    if (!isList(value)) throw new PlainFault('expected a list');
    const end = this.writer.length;
    for (let i = value.length - 1; i >= 0; i--) {
      try {
        if (field.packed) this.#value(field, value[i]);
        else this.#tagged(field, value[i]);
      } catch (error) {
        throw error instanceof PlainFault ? error.within(`[${i}]`) : error;
      }
    }
    if (!field.packed || value.length === 0) return;
    this.writer.varint(this.writer.length - end);
    this.writer.varint(field.number * 8 + WireType.bytes);
  }

  #tagged(field: FieldType, value: unknown): void {
    this.#value(field, value);
    this.writer.varint(field.number * 8 + field.wire);
  }

  #value(field: FieldType, value: unknown): void {
    if (field.message === undefined) {
      scalarWriters[field.scalar](this.writer, value, field);
      return;
    }
    const end = this.writer.length;
    this.fields(field.message, value);
    this.writer.varint(this.writer.length - end);
  }
}

function valueOf(record: Readonly<Record<string, unknown>>, { name, snakeName }: FieldType): unknown {
  const value = ownValue(record, name);
  return value === undefined && snakeName !== name ? ownValue(record, snakeName) : value;
}

/** Looks first and asks whose it is afterwards: most fields are absent. */
function ownValue(record: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = record[name];
  return value !== undefined && Object.hasOwn(record, name) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
