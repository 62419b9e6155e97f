import { expect, test } from '@jest/globals';
import { crc32c } from './crc32c.ts';

// RFC 3720 (iSCSI), appendix B.4; the last is the check value of the CRC catalogue.
test.each([
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e],
  ['31 to 0', Buffer.from(Array.from({ length: 32 }, (_, at) => 31 - at)), 0x113fdb5c],
  ['123456789', Buffer.from('123456789'), 0xe3069283],
])('%s', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

test('in pieces it is the same', () => {
  const bytes = Buffer.from('the quick brown fox jumps over the lazy dog');
  for (let at = 0; at <= bytes.length; at++) {
    expect(crc32c(bytes.subarray(at), crc32c(bytes.subarray(0, at)))).toBe(crc32c(bytes));
  }
});
