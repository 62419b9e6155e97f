import { type HeaderFields } from '../http-headers.ts';
import { type Field } from './header-fields.ts';
import { type DecodedFields, HpackDecoder } from './hpack-decoder.ts';

/** Headers and trailers of answers; of a name that comes twice the first counts, what HTTP forbids is left out. */
export class ResponseHeads {
  readonly #decoder: HpackDecoder;

  constructor(maxListBytes: number) {
    this.#decoder = new HpackDecoder(maxListBytes);
  }

  /** `refused`: too many; the connection can go on. `broken`: it cannot. */
  read(block: Buffer): HeaderFields | 'refused' | 'broken' {
    const decoded: DecodedFields = this.#decoder.decode(block);
    if (decoded.kind === 'broken') return 'broken';
    return decoded.kind === 'fields' ? headersOf(decoded.fields) : 'refused';
  }
}

function headersOf(fields: readonly Field[]): HeaderFields {
  const headers = Object.create(null) as Record<string, string | undefined>;
  for (const { name, value, isValid } of fields) if (isValid) headers[name] ??= value;
  return headers;
}
