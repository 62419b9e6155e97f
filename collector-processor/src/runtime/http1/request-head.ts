import { type HeaderFields } from '../http-headers.ts';
import { readFieldLines } from './field-lines.ts';
import { connectionSays, type Framing, framingOf } from './framing.ts';

export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderFields;
  readonly framing: Framing;
  /** The sender takes more answers on this connection. */
  readonly keepsAlive: boolean;
  /** It sends its body when it is told to go on. */
  readonly waitsForContinue: boolean;
}

/** `http2`: what would be read as HTTP/2. */
export type HeadFault = 'malformed' | 'http2';

/** Not CONNECT: what follows it is no HTTP. */
const requestLine = /^(?!CONNECT )([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/(\d\.\d)\r\n/;
const versions: ReadonlySet<string | undefined> = new Set(['1.0', '1.1']);

/** Strict (RFC 9112 §3): whatever another program in the way could read otherwise is refused. */
export function readRequestHead(text: string): RequestHead | HeadFault {
  const [line, method, target, version] = requestLine.exec(text) ?? [];
  if (line === undefined || method === undefined || target === undefined) return 'malformed';
  if (version === '2.0') return 'http2';
  const headers = versions.has(version) ? readFieldLines(text, line.length) : undefined;
  if (headers === undefined) return 'malformed';
  const isOld = version === '1.0';
  const framing = requestFraming(headers, isOld);
  if (framing === undefined || !isHostPlain(headers, isOld)) return 'malformed';
  return {
    method,
    target,
    headers,
    framing,
    keepsAlive: !isOld && !connectionSays(headers, 'close'),
    waitsForContinue: /^100-continue$/i.test(headers.expect ?? ''),
  };
}

/** Chunks came with HTTP/1.1. */
function requestFraming(headers: HeaderFields, isOld: boolean): Framing | undefined {
  const framing = framingOf(headers);
  return isOld && framing?.kind === 'chunked' ? undefined : framing;
}

/** One, which only HTTP/1.0 may do without; several have become a list. */
function isHostPlain({ host }: HeaderFields, isOld: boolean): boolean {
  return host === undefined ? isOld : !host.includes(',');
}
