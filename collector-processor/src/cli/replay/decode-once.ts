import type { Decoder } from '../../decode/decoder.ts';
import type { DecodeResult } from '../../model/columns.ts';

/** A decoder that is asked twice in a row for the same bytes and works once. */
export function decodeOnce(decoder: Decoder): Pick<Decoder, 'decode' | 'attributes'> {
  let bytes: Uint8Array | undefined;
  let result: DecodeResult | undefined;
  return {
    attributes: decoder.attributes,
    decode(signal, protobuf) {
      if (bytes === protobuf && result !== undefined) return result;
      result = undefined;
      const decoded = decoder.decode(signal, protobuf);
      bytes = protobuf;
      result = decoded;
      return decoded;
    },
  };
}
