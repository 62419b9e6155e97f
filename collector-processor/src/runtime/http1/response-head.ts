import { type HeaderFields } from '../http-headers.ts';
import { readFieldLines } from './field-lines.ts';
import { connectionSays, type Framing, framingOf } from './framing.ts';

export interface ResponseHead {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly framing: Framing;
  readonly keepsAlive: boolean;
}

const statusLine = /^HTTP\/1\.(\d) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?\r\n/;

/** The head of the answer to a POST; `undefined` when it is none (RFC 9112 §4). */
export function readResponseHead(text: string): ResponseHead | undefined {
  const [line, minor, code] = statusLine.exec(text) ?? [];
  if (line === undefined) return undefined;
  const headers = readFieldLines(text, line.length);
  if (headers === undefined) return undefined;
  const status = Number(code);
  const hasBody = status >= 200 && status !== 204 && status !== 304;
  const framing = hasBody ? framingOf(headers, { kind: 'close' }) : framingOf({});
  if (framing === undefined) return undefined;
  const keepsAlive = minor === '0' ? connectionSays(headers, 'keep-alive') : !connectionSays(headers, 'close');
  return { status, headers, framing, keepsAlive: keepsAlive && framing.kind !== 'close' };
}
