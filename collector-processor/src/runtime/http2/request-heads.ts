import { type HeaderFields } from '../http-headers.ts';
import { requestHeaders } from './header-fields.ts';
import { type DecodedFields, HpackDecoder } from './hpack-decoder.ts';

/** `refused`: malformed or too large; the connection can go on. */
export type RequestHead =
  | { readonly kind: 'headers'; readonly headers: HeaderFields }
  | { readonly kind: 'refused' }
  | { readonly kind: 'broken' };

const refused = { kind: 'refused' } as const;

/** Headers of requests; the same object for one that is like the one before, which is the rule with an exporter. */
export class RequestHeads {
  readonly #decoder: HpackDecoder;
  #lastFields: DecodedFields | undefined;
  #lastHead: RequestHead = refused;

  constructor(maxListBytes: number) {
    this.#decoder = new HpackDecoder(maxListBytes);
  }

  read(block: Buffer): RequestHead {
    const decoded = this.#decoder.decode(block);
    if (decoded === this.#lastFields) return this.#lastHead;
    this.#lastFields = decoded;
    this.#lastHead = headOf(decoded);
    return this.#lastHead;
  }
}

function headOf(decoded: DecodedFields): RequestHead {
  if (decoded.kind === 'broken') return decoded;
  const headers = decoded.kind === 'fields' ? requestHeaders(decoded.fields) : undefined;
  return headers === undefined ? refused : { kind: 'headers', headers };
}
