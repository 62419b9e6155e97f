import { WireType } from '../../../model/otlp/schema.ts';
import { WireFault, WireReader } from '../../../model/otlp/wire-reader.ts';
import type { Signal } from '../../../model/signal.ts';

/** Field of the list in a request, a resource's and a scope's message: the same numbers for all signals. */
const PATH = [1, 2, 2] as const;
/** Times, which records and spans have as eight bytes and metrics have not: time and observed time; start and end. */
const logTimes: readonly number[] = [1, 11];
const spanTimes: readonly number[] = [7, 8];

/**
 * Which signal an export request is of, told by its first item: the three kinds of requests differ in nothing else.
 * Undefined when it has no item, or is none of them.
 */
export function signalOf(protobuf: Uint8Array): Signal | undefined {
  try {
    return inMessage(new WireReader(protobuf), 0);
  } catch (error) {
    if (error instanceof WireFault) return undefined;
    throw error;
  }
}

function inMessage(reader: WireReader, depth: number): Signal | undefined {
  const wanted = PATH[depth];
  if (wanted === undefined) return ofItem(reader);
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag !== wanted * 8 + WireType.bytes) {
      reader.skip(tag & 7);
      continue;
    }
    const outer = reader.enter();
    const found = inMessage(reader, depth + 1);
    if (found !== undefined) return found;
    reader.position = reader.end;
    reader.leave(outer);
  }
  return undefined;
}

function ofItem(reader: WireReader): Signal | undefined {
  let hasName = false;
  while (reader.position < reader.end) {
    const tag = reader.tag();
    const field = tag >>> 3;
    const wire = tag & 7;
    if (wire === WireType.fixed64 && logTimes.includes(field)) return 'logs';
    if (wire === WireType.fixed64 && spanTimes.includes(field)) return 'traces';
    hasName ||= field === 1 && wire === WireType.bytes;
    reader.skip(wire);
  }
  return hasName ? 'metrics' : undefined;
}
