import type { EncodeResult } from '../../../model/otlp/encode.ts';
import type { Signal } from '../../../model/signal.ts';
import { messageOf } from '../../../runtime/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import type { ByteSource } from './byte-source.ts';

export type Transcode = (signal: Signal, json: Uint8Array) => EncodeResult;

/** The member that holds everything names the signal. */
const members: Readonly<Record<string, Signal>> = {
  resourceSpans: 'traces',
  resourceMetrics: 'metrics',
  resourceLogs: 'logs',
};
const HEAD_BYTES = 64;
const firstMember = /^[\s\uFEFF]*\{\s*"(\w+)"/;
const text = new TextDecoder();

/** OTLP/JSON, one request a line, as the Collector's file exporter writes it. Signals may be mixed, empty lines are passed over. */
export async function* otlpLines(source: ByteSource, transcode: Transcode): AsyncGenerator<Telemetry> {
  for (let line = await source.line(); line !== undefined; line = await source.line()) {
    const request = otlpJson(line, source, transcode);
    if (request !== undefined) yield request;
  }
}

/** One request of OTLP/JSON; undefined for nothing but space, or a request without items. */
export function otlpJson(json: Uint8Array, source: ByteSource, transcode: Transcode): Telemetry | undefined {
  if (isBlank(json)) return undefined;
  const signal = signalOf(json, source);
  if (signal === undefined) return undefined;
  const result = transcode(signal, json);
  if (result.kind === 'malformed') throw source.fault(`the request before it is no OTLP/JSON: ${result.reason}`);
  return { signal, protobuf: result.bytes };
}

function signalOf(json: Uint8Array, source: ByteSource): Signal | undefined {
  const [, first = ''] = firstMember.exec(text.decode(json.subarray(0, HEAD_BYTES))) ?? [];
  if (Object.hasOwn(members, first)) return members[first];
  let whole: unknown;
  try {
    whole = JSON.parse(text.decode(json));
  } catch (error) {
    throw source.fault(`the line before it is no JSON: ${messageOf(error)}`);
  }
  const names = typeof whole === 'object' && whole !== null ? Object.keys(whole) : [];
  const found = names.find((name) => Object.hasOwn(members, name));
  if (found === undefined && names.length > 0) {
    throw source.fault('the line before it has none of resourceSpans, resourceMetrics, resourceLogs');
  }
  return found === undefined ? undefined : members[found];
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 32 || byte === 13 || byte === 9);
}
