const RECORD_TAG = 0x0a; // field 1, length-delimited
const MAX_LENGTH_BYTES = 5;

/**
 * Whether the bytes of an export request are whole records of field 1 and nothing else, so that another request may be
 * written behind them without either changing the other's meaning. Looks at the records' lengths only.
 */
export function isWholeRecords(payload: Uint8Array): boolean {
  let at = 0;
  while (at < payload.length) {
    if (payload[at++] !== RECORD_TAG) return false;
    let length = 0;
    for (let shift = 0; ; shift++) {
      const byte = payload[at++];
      if (byte === undefined || shift === MAX_LENGTH_BYTES) return false;
      length += (byte & 127) * 128 ** shift;
      if (byte < 128) break;
    }
    at += length;
  }
  return at === payload.length;
}
