import type { Encoding } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';
import { fieldLine } from '../../runtime/http1/field-lines.ts';
import { version } from '../../runtime/version.ts';
import { VIA_HEADER, viaWith } from '../../runtime/via.ts';
import type { ConnectionOptions, OutgoingRequest } from './transport.ts';

const contentTypes: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};
/** How the message and its connection end is not for settings or senders to say. */
const ofMessages = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
]);

/**
 * Heads of requests as they go over the wire. Requests of a tenant mostly share one object of headers, so what was made of
 * it serves for the next one, all but the length.
 */
export class HttpHeads {
  readonly #options: ConnectionOptions;
  readonly #paths: Readonly<Record<Signal, string>>;
  readonly #known = new WeakMap<OutgoingRequest['headers'], Map<string, string>>();

  constructor(options: ConnectionOptions, paths: Readonly<Record<Signal, string>>) {
    this.#options = options;
    this.#paths = paths;
  }

  /** Throws when a name or value has characters that HTTP forbids, or speaks of the message itself. */
  of(request: OutgoingRequest): string {
    return `${this.#withoutLength(request)}content-length: ${request.byteLength}\r\n\r\n`;
  }

  #withoutLength({ signal, encoding, compression, headers }: OutgoingRequest): string {
    let heads = this.#known.get(headers);
    if (heads === undefined) {
      heads = new Map();
      this.#known.set(headers, heads);
    }
    const key = `${signal} ${encoding} ${compression}`;
    const known = heads.get(key);
    if (known !== undefined) return known;
    const fields: Record<string, string> = {
      'user-agent': `sentinel/${version}`,
      ...headers,
      host: this.#options.endpoint.host,
      'content-type': contentTypes[encoding],
      ...(compression === 'identity' ? {} : { 'content-encoding': compression }),
      ...this.#options.headers,
      [VIA_HEADER]: viaWith(headers[VIA_HEADER]),
    };
    const head = `POST ${this.#paths[signal]} HTTP/1.1\r\n${Object.entries(fields).map(lineOf).join('')}`;
    heads.set(key, head);
    return head;
  }
}

function lineOf([name, value]: readonly [string, string]): string {
  const line = ofMessages.has(name) ? undefined : fieldLine(name, value);
  if (line === undefined) throw new Error(`The header ${name} cannot be sent over HTTP/1.1.`);
  return line;
}
