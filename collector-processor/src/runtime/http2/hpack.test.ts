import { describe, expect, test } from '@jest/globals';
import { type Field } from './header-fields.ts';
import { type DecodedFields, HpackDecoder } from './hpack-decoder.ts';
import { encodeFields } from './hpack-encoder.ts';
import { huffmanText } from './huffman.ts';

const LIST_BYTES = 4096;
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const pairs = (decoded: DecodedFields): string[] =>
  decoded.kind === 'fields' ? decoded.fields.map(({ name, value }: Field) => `${name}: ${value}`) : [decoded.kind];

test('the three requests of RFC 7541, appendix C.4, one after the other', () => {
  const decoder = new HpackDecoder(LIST_BYTES);
  const first = decoder.decode(hex('8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff'));
  expect(pairs(first)).toEqual([':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com']);
  const second = decoder.decode(hex('8286 84be 5886 a8eb 1064 9cbf'));
  expect(pairs(second).slice(3)).toEqual([':authority: www.example.com', 'cache-control: no-cache']);
  const third = decoder.decode(hex('8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf'));
  expect(pairs(third)).toEqual([
    ':method: GET',
    ':scheme: https',
    ':path: /index.html',
    ':authority: www.example.com',
    'custom-key: custom-value',
  ]);
});

test('a block is read again when the table has changed in between, and not when it has not', () => {
  const decoder = new HpackDecoder(LIST_BYTES);
  decoder.decode(Buffer.concat([hex('40 01 61 01 31')])); // a: 1, remembered
  const newest = hex('be');
  const before = decoder.decode(newest);
  expect(pairs(before)).toEqual(['a: 1']);
  expect(decoder.decode(newest)).toBe(before);
  decoder.decode(hex('40 01 61 01 32')); // a: 2
  expect(pairs(decoder.decode(newest))).toEqual(['a: 2']);
});

test('the table holds 4096 bytes of fields, less when it is told so, and the oldest go first', () => {
  const decoder = new HpackDecoder(LIST_BYTES);
  const add = (value: string) => Buffer.concat([hex('40 01 61'), Buffer.from([value.length]), Buffer.from(value)]);
  decoder.decode(Buffer.concat([add('1'), add('2')]));
  expect(pairs(decoder.decode(hex('bf be')))).toEqual(['a: 1', 'a: 2']);
  expect(pairs(decoder.decode(hex('3f 05 be')))).toEqual(['a: 2']); // 36 bytes: one field
  expect(decoder.decode(hex('bf')).kind).toBe('broken');
  expect(pairs(decoder.decode(hex('20 3f e1 1f')))).toEqual([]); // to 0 and back to 4096
  expect(decoder.decode(hex('be')).kind).toBe('broken');
});

test('what the encoder writes is read back, long texts and all', () => {
  const fields = { ':status': '200', 'content-type': 'application/grpc', 'x-long': 'é'.repeat(1000), empty: '' };
  expect(pairs(new HpackDecoder(LIST_BYTES).decode(encodeFields(fields)))).toEqual(
    Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
  );
});

describe('what cannot be read', () => {
  test.each([
    ['the index 0', '80'],
    ['an index beyond the tables', 'be'],
    ['a number without an end', 'ff ff ff ff ff ff ff'],
    ['a number cut short', 'ff'],
    ['a text cut short', '00 01 61 05 31'],
    ['nothing behind a name', '00 01 61'],
    ['a table larger than ours', '3f e2 1f'],
    ['a change of the table behind a field', '82 20'],
    ['Huffman padding of a whole byte', '00 01 61 82 1f ff'],
    ['Huffman padding with zeros', '00 01 61 81 18'],
    ['the end-of-string code', '00 01 61 84 ff ff ff ff'],
  ])('%s', (_name, block) => {
    expect(new HpackDecoder(LIST_BYTES).decode(hex(block)).kind).toBe('broken');
  });

  test('a small block that stands for a large list is too large, and the table stays as it has to be', () => {
    const decoder = new HpackDecoder(LIST_BYTES);
    const value = 'x'.repeat(100);
    decoder.decode(Buffer.concat([hex('40 01 61 64'), Buffer.from(value)]));
    expect(decoder.decode(Buffer.alloc(1000, 0xbe)).kind).toBe('too_large');
    expect(pairs(decoder.decode(hex('be')))).toEqual([`a: ${value}`]);
  });
});

test('Huffman texts that are none', () => {
  expect(huffmanText(hex('a8eb 1064 9cbf'))).toBe('no-cache');
  expect(huffmanText(Buffer.alloc(0))).toBe('');
  expect(huffmanText(hex('ff'))).toBeUndefined();
  expect(huffmanText(hex('3fffffff ff'))).toBeUndefined();
});
