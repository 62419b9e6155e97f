import { type Random } from '../../src/testing/random.ts';

/** Bytes that were a message: one to three blows, mostly one, each a changed bit or byte, a cut, a hole, a repetition or an insertion. */
export function mutate(message: Uint8Array, random: Random): Uint8Array {
  const once = blow(Buffer.from(message), random);
  if (!random.oneIn(3)) return once;
  return random.oneIn(2) ? blow(once, random) : blow(blow(once, random), random);
}

/** Bytes that decide about structure: lengths, group tags, endless varints. */
const nasty = [0x00, 0x01, 0x07, 0x0b, 0x0c, 0x7f, 0x80, 0xff];

function blow(bytes: Buffer, random: Random): Buffer {
  const at = random.integer(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + random.integer(12));
  switch (random.integer(7)) {
    case 0:
      if (at < bytes.length) bytes[at]! ^= 1 << random.integer(8);
      return bytes;
    case 1:
      if (at < bytes.length) bytes[at] = random.pick(nasty);
      return bytes;
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 5:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(1 + random.integer(12), random.pick(nasty)),
        bytes.subarray(at),
      ]);
    default:
      return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.integer(4)), bytes.subarray(at)]);
  }
}
