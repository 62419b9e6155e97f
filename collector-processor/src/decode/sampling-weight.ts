/**
 * How many spans a sampled one stands for, from the W3C tracestate member of OpenTelemetry's consistent probability
 * sampling: `ot=th:<1 to 14 hex digits>` is the rejection threshold T out of 2^56, trailing zeros left out, so that
 * the weight is 2^56 / (2^56 - T). Gives 0 when no valid threshold is stated.
 */
export function thresholdWeight(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const stop = indexOf(bytes, COMMA, at, end);
    while (at < stop && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
    if (stop - at > 3 && bytes[at] === LOWER_O && bytes[at + 1] === LOWER_T && bytes[at + 2] === EQUALS) {
      return weightOfMember(bytes, at + 3, stop);
    }
    at = stop + 1;
  }
  return 0;
}

function weightOfMember(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const stop = indexOf(bytes, SEMICOLON, at, end);
    if (stop - at > 3 && bytes[at] === LOWER_T && bytes[at + 1] === LOWER_H && bytes[at + 2] === COLON) {
      return weightOf(bytes, at + 3, stop);
    }
    at = stop + 1;
  }
  return 0;
}

/** In two halves of seven digits, since a double holds 53 of the 56 bits. */
function weightOf(bytes: Uint8Array, start: number, end: number): number {
  let stop = end;
  while (stop > start && (bytes[stop - 1] === SPACE || bytes[stop - 1] === TAB)) stop--;
  if (stop - start > 14 || stop === start) return 0;
  let upper = 0;
  let lower = 0;
  for (let i = 0; i < 14; i++) {
    const digit = start + i < stop ? hexDigit(bytes[start + i] as number) : 0;
    if (digit < 0) return 0;
    if (i < 7) upper = upper * 16 + digit;
    else lower = lower * 16 + digit;
  }
  return 2 ** 56 / ((2 ** 28 - upper) * 2 ** 28 - lower);
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return -1;
}

function indexOf(bytes: Uint8Array, byte: number, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== byte) at++;
  return at;
}

const TAB = 0x09;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const LOWER_H = 0x68;
const LOWER_O = 0x6f;
const LOWER_T = 0x74;
