import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../testing/random.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { isWholeRecords } from './framing.ts';

const one = logsBytes([{ body: { stringValue: 'x'.repeat(300) } }]);

describe('isWholeRecords', () => {
  test('takes nothing, one request and several joined ones', () => {
    for (const bytes of [Buffer.alloc(0), one, Buffer.concat([one, one])]) expect(isWholeRecords(bytes)).toBe(true);
  });

  test('refuses a request cut at any place but between records', () => {
    for (let length = 1; length < one.length; length++) expect(isWholeRecords(one.subarray(0, length))).toBe(false);
  });

  test.each([
    ['another field', [0x12, 0]],
    ['field 1 as a number', [0x08, 1]],
    ['a length without end', [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ['a length of 34 GB', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ])('refuses %s', (_name, bytes) => {
    expect(isWholeRecords(Uint8Array.from(bytes))).toBe(false);
    expect(isWholeRecords(Buffer.concat([one, Uint8Array.from(bytes)]))).toBe(false);
  });

  test('what it takes may be joined: random bytes behind a whole request never change how that one reads', () => {
    const random = createRandom(7);
    for (let round = 0; round < 20_000; round++) {
      const bytes = random.bytes(1 + random.integer(6));
      bytes[0] = 0x0a;
      expect(isWholeRecords(Buffer.concat([one, bytes]))).toBe(isWholeRecords(bytes));
    }
  });
});
