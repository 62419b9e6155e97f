import type { Signal } from '../../model/signal.ts';
import { exportMethods } from '../../runtime/grpc/export-methods.ts';
import { formatGrpcTimeout } from '../../runtime/grpc/timeout.ts';
import { fieldOf } from '../../runtime/http2/header-fields.ts';
import { encodeFields } from '../../runtime/http2/hpack-encoder.ts';
import { version } from '../../runtime/version.ts';
import { VIA_HEADER, viaWith } from '../../runtime/via.ts';
import type { ConnectionOptions, OutgoingRequest } from './transport.ts';

/** What HTTP/2 has no place for (RFC 9113 §8.2.2). */
const ofConnections = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'host']);

/**
 * Headers of calls as they go over the wire. Requests of a tenant mostly share one object of headers, so what was made of
 * it serves for the next one.
 */
export class GrpcHeads {
  readonly #options: ConnectionOptions;
  readonly #basePath: string;
  readonly #known = new WeakMap<OutgoingRequest['headers'], Map<string, Buffer>>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#basePath = options.endpoint.pathname.replace(/\/$/, '');
  }

  /** Throws when a name or value has characters that HTTP forbids. */
  of({ signal, compression, headers }: OutgoingRequest): Buffer {
    let heads = this.#known.get(headers);
    if (heads === undefined) {
      heads = new Map();
      this.#known.set(headers, heads);
    }
    const key = `${signal} ${compression}`;
    const known = heads.get(key);
    if (known !== undefined) return known;
    const head = encodeFields(this.#fields(signal, compression, headers));
    heads.set(key, head);
    return head;
  }

  #fields(signal: Signal, compression: string, headers: OutgoingRequest['headers']): Record<string, string> {
    const { endpoint, timeout, headers: ours } = this.#options;
    const pseudo = {
      ':method': 'POST',
      ':scheme': endpoint.protocol.replace(':', ''),
      ':authority': endpoint.host,
      ':path': this.#basePath + exportMethods[signal],
    };
    const regular = {
      ...headers,
      ...ours,
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': `sentinel/${version}`,
      'grpc-timeout': formatGrpcTimeout(timeout),
      ...(compression === 'identity' ? {} : { 'grpc-encoding': compression }),
      [VIA_HEADER]: viaWith(headers[VIA_HEADER]),
    };
    for (const [name, value] of Object.entries(regular)) {
      if (name.startsWith(':') || ofConnections.has(name) || !fieldOf(name, value).isValid) {
        throw new Error(`The header ${name} cannot be sent over HTTP/2.`);
      }
    }
    return { ...pseudo, ...regular };
  }
}
