/** A gRPC message on the wire: one byte "compressed" (0 or 1), four bytes length (big endian), then the message. */
export const FRAME_PREFIX_BYTES = 5;

/** The prefix of a message of `length` bytes; write the message, or its parts one after the other, behind it. */
export function framePrefix(length: number, compressed: boolean): Buffer {
  const prefix = Buffer.allocUnsafe(FRAME_PREFIX_BYTES);
  prefix[0] = compressed ? 1 : 0;
  prefix.writeUInt32BE(length, 1);
  return prefix;
}

/** Prefix and message in one buffer. Copies the message: for small ones, where one write beats two. */
export function frameMessage(message: Uint8Array, compressed: boolean): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_PREFIX_BYTES + message.length);
  frame[0] = compressed ? 1 : 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, FRAME_PREFIX_BYTES);
  return frame;
}
