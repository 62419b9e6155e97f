/** How OTLP messages are described: field tables that the encoder, the decoder, OTLP/JSON and the types below all read. */

/** Protobuf's scalar types as OTLP uses them. `id` is `bytes` that OTLP/JSON writes as hex instead of base64. */
export type Scalar =
  | 'string'
  | 'bytes'
  | 'id'
  | 'bool'
  | 'int32'
  | 'uint32'
  | 'sint32'
  | 'fixed32'
  | 'int64'
  | 'uint64'
  | 'fixed64'
  | 'sfixed64'
  | 'double';

export interface Field<Name extends string = string, Type extends string = string, Many extends boolean = boolean> {
  readonly number: number;
  /** As OTLP/JSON spells it, lowerCamelCase. */
  readonly name: Name;
  /** A scalar, or the name of an enumeration or of a message. */
  readonly type: Type;
  readonly repeated: Many;
  /** Member of the message's oneof, of which OTLP's messages have at most one: setting it clears the other members. */
  readonly oneof?: true;
}

export function one<const Name extends string, const Type extends string>(
  number: number,
  name: Name,
  type: Type,
): Field<Name, Type, false> {
  return { number, name, type, repeated: false };
}

export function many<const Name extends string, const Type extends string>(
  number: number,
  name: Name,
  type: Type,
): Field<Name, Type, true> {
  return { number, name, type, repeated: true };
}

/** A member of the message's oneof. */
export function either<const Name extends string, const Type extends string>(
  number: number,
  name: Name,
  type: Type,
): Field<Name, Type, false> {
  return { number, name, type, repeated: false, oneof: true };
}
