import { staticFields } from './hpack-tables.ts';

const INDEXED = 0x80;
const LITERAL_NAME_BITS = 0x0f;
const LENGTH_BITS = 0x7f;

/**
 * A block of headers that changes no table (RFC 7541 §6.2.2: literals without indexing), so that the same bytes serve every
 * connection and every stream. Values are latin-1.
 */
export function encodeFields(fields: Readonly<Record<string, string>>): Buffer {
  const bytes: number[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const whole = staticFields.findIndex((field) => field.name === name && field.value === value && value !== '');
    if (whole >= 0) {
      bytes.push(INDEXED | (whole + 1));
      continue;
    }
    const index = staticFields.findIndex((field) => field.name === name) + 1;
    pushNumber(bytes, index, LITERAL_NAME_BITS);
    if (index === 0) pushText(bytes, name);
    pushText(bytes, value);
  }
  return Buffer.from(bytes);
}

function pushText(bytes: number[], text: string): void {
  pushNumber(bytes, text.length, LENGTH_BITS);
  for (const byte of Buffer.from(text, 'latin1')) bytes.push(byte);
}

function pushNumber(bytes: number[], number: number, mask: number): void {
  if (number < mask) {
    bytes.push(number);
    return;
  }
  bytes.push(mask);
  let rest = number - mask;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push(0x80 | (rest & 0x7f));
  bytes.push(rest);
}
