import { attributeText } from '../../src/decode/attribute-text.ts';
import { type Decoded } from '../../src/model/otlp/plain-message.ts';

/** A message as protobufjs decodes it; text stays bytes (see `loadOracle`). */
export type Node = Readonly<Record<string, unknown>>;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const nothing = new Uint8Array(0);

export function list(node: Node, name: string): readonly Node[] {
  const value = own(node, name);
  return Array.isArray(value) ? (value as Node[]) : [];
}

/** An empty message when absent. */
export function child(node: Node, name: string): Node {
  return (own(node, name) ?? {}) as Node;
}

export function has(node: Node, name: string): boolean {
  return own(node, name) !== undefined;
}

export function bytes(node: Node, name: string): Uint8Array {
  return (own(node, name) ?? nothing) as Uint8Array;
}

export function text(node: Node, name: string): string {
  return decoder.decode(bytes(node, name));
}

export function number(node: Node, name: string): number {
  return (own(node, name) ?? 0) as number;
}

/** Of a field with presence. */
export function numberOrNaN(node: Node, name: string): number {
  return (own(node, name) ?? NaN) as number;
}

export function long(node: Node, name: string): bigint {
  return bigintOf(own(node, name));
}

export function longs(node: Node, name: string): number[] {
  const value = own(node, name);
  return Array.isArray(value) ? value.map((item) => Number(bigintOf(item))) : [];
}

export function doubles(node: Node, name: string): number[] {
  return (own(node, name) ?? []) as number[];
}

/** Attributes as text, the last value of a key counts. */
export function attributeMap(attributes: readonly Node[]): Map<string, string> {
  return new Map(
    attributes.map((attribute) => [text(attribute, 'key'), attributeText(anyValue(child(attribute, 'value')))]),
  );
}

export function anyValue(node: Node): Decoded<'AnyValue'> {
  if (has(node, 'stringValue')) return { stringValue: text(node, 'stringValue') };
  if (has(node, 'boolValue')) return { boolValue: own(node, 'boolValue') === true };
  if (has(node, 'intValue')) return { intValue: long(node, 'intValue') };
  if (has(node, 'doubleValue')) return { doubleValue: number(node, 'doubleValue') };
  if (has(node, 'bytesValue')) return { bytesValue: bytes(node, 'bytesValue') };
  if (has(node, 'arrayValue'))
    return { arrayValue: { values: list(child(node, 'arrayValue'), 'values').map(anyValue) } };
  if (!has(node, 'kvlistValue')) return {};
  const values = list(child(node, 'kvlistValue'), 'values');
  return {
    kvlistValue: { values: values.map((item) => ({ key: text(item, 'key'), value: anyValue(child(item, 'value')) })) },
  };
}

function own(node: Node, name: string): unknown {
  return Object.hasOwn(node, name) ? node[name] : undefined;
}

/** A `Long` of protobufjs, by its shape. */
function bigintOf(value: unknown): bigint {
  if (typeof value !== 'object' || value === null) return 0n;
  const { low, high, unsigned } = value as { low: number; high: number; unsigned: boolean };
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return unsigned ? bits : BigInt.asIntN(64, bits);
}
