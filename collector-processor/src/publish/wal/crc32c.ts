/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82f63b78), eight bytes a step (slicing by eight: Kounavis and Berry, 2005).
 * node:zlib has only the other CRC-32. `before` is the checksum of the bytes in front.
 */
const POLYNOMIAL = 0x82f63b78;
const tables = createTables();

export function crc32c(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  let at = 0;
  const stepsEnd = bytes.length - (bytes.length & 7);
  for (; at < stepsEnd; at += 8) {
    const low = crc ^ word(bytes, at);
    const high = word(bytes, at + 4);
    crc =
      entry(1792 + (low & 255)) ^
      entry(1536 + ((low >>> 8) & 255)) ^
      entry(1280 + ((low >>> 16) & 255)) ^
      entry(1024 + (low >>> 24)) ^
      entry(768 + (high & 255)) ^
      entry(512 + ((high >>> 8) & 255)) ^
      entry(256 + ((high >>> 16) & 255)) ^
      entry(high >>> 24);
  }
  for (; at < bytes.length; at++) crc = entry((crc ^ (bytes[at] as number)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function entry(index: number): number {
  return tables[index] as number;
}

/** Eight tables of 256; the n-th holds the checksum of a byte with n zero bytes behind it. */
function createTables(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    made[byte] = crc;
  }
  for (let index = 256; index < made.length; index++) {
    const shorter = made[index - 256] as number;
    made[index] = (made[shorter & 255] as number) ^ (shorter >>> 8);
  }
  return made;
}
