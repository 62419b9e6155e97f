/** Percent-encoding of the `grpc-message` trailer: UTF-8 bytes outside printable ASCII, and `%`, become `%XX`. */
export function encodeStatusMessage(text: string): string {
  if (/^[ -$&-~]*$/.test(text)) return text;
  let encoded = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** The inverse; an escape that is not one stays as it is, because a broken message must never hide the status. */
export function decodeStatusMessage(encoded: string): string {
  if (!encoded.includes('%')) return encoded;
  const bytes = Buffer.from(encoded, 'utf8');
  let length = 0;
  for (let at = 0; at < bytes.length; at++, length++) {
    const hex = bytes[at] === 0x25 ? bytes.toString('latin1', at + 1, at + 3) : '';
    const escaped = /^[0-9a-fA-F]{2}$/.test(hex);
    bytes[length] = escaped ? Number.parseInt(hex, 16) : (bytes[at] ?? 0);
    if (escaped) at += 2;
  }
  return bytes.toString('utf8', 0, length);
}
