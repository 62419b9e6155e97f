import { type MessageName, type Messages } from './schema.ts';

type Fields<Name extends MessageName> = Messages[Name][number];
type Long = 'int64' | 'uint64' | 'fixed64' | 'sfixed64';

/** What may be written for one field: OTLP/JSON's spellings, and the natural ones. */
type PlainValue<Type extends string> = Type extends MessageName
  ? Plain<Type>
  : Type extends 'string'
    ? string
    : Type extends 'id' | 'bytes'
      ? Uint8Array | string
      : Type extends 'bool'
        ? boolean
        : Type extends Long
          ? bigint | number | string
          : number;

/** A message as a plain object with OTLP/JSON names: ids as bytes or hex, bytes as bytes or base64, 64-bit integers as bigint, number or decimal text. */
export type Plain<Name extends MessageName> = {
  readonly [F in Fields<Name> as F['name']]?: F['repeated'] extends true
    ? readonly PlainValue<F['type']>[]
    : PlainValue<F['type']>;
};

type DecodedValue<Type extends string> = Type extends MessageName
  ? Decoded<Type>
  : Type extends 'string'
    ? string
    : Type extends 'id' | 'bytes'
      ? Uint8Array
      : Type extends 'bool'
        ? boolean
        : Type extends Long
          ? bigint
          : number;

/** A message as read: fields that were absent are absent, 64-bit integers are bigint. Fits `Plain` of the same name. */
export type Decoded<Name extends MessageName> = {
  readonly [F in Fields<Name> as F['name']]?: F['repeated'] extends true
    ? readonly DecodedValue<F['type']>[]
    : DecodedValue<F['type']>;
};
