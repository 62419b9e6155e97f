import { expect, test } from '@jest/globals';
import { HeadReader } from './head-reader.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const text = 'POST / HTTP/1.1\r\nHost: a\r\n\r\n';

test.each([1, 2, 3, 4, 7, 1000])('a head is found in pieces of %d bytes, and where it ends', (size) => {
  const reader = new HeadReader(1024);
  const all = bytes(`\r\n${text}body\nwith lines`);
  let from = 0;
  let end = reader.push(all.subarray(0, size), 0);
  while (typeof end !== 'number') {
    expect(['empty', 'partial']).toContain(end);
    from += size;
    end = reader.push(all.subarray(from, from + size), 0);
  }
  expect(from + end).toBe(2 + text.length);
  expect(reader.text).toBe(text.slice(0, -2));
});

test('one after the other in one chunk', () => {
  const reader = new HeadReader(1024);
  const all = bytes(text + text);
  expect(reader.push(all, 0)).toBe(text.length);
  expect(reader.push(all, text.length)).toBe(2 * text.length);
});

test('line ends alone are no head yet', () => {
  expect(new HeadReader(1024).push(bytes('\r\n\r\n'), 0)).toBe('empty');
});

test.each([1, 10, 4096])('no more is kept than a head may have, in pieces of %d bytes', (size) => {
  const reader = new HeadReader(100);
  let pushed = 0;
  let end = reader.push(bytes('P'), 0);
  while (end === 'partial') {
    end = reader.push(bytes('x'.repeat(size)), 0);
    pushed += size;
  }
  expect(end).toBe('too_large');
  expect(pushed).toBeLessThan(100 + size);
});

test('a head that is there whole may not be larger either, by a byte', () => {
  expect(new HeadReader(text.length).push(bytes(text), 0)).toBe(text.length);
  expect(new HeadReader(text.length - 1).push(bytes(text), 0)).toBe('too_large');
});

test.each([
  ['a TLS handshake', '\x16\x03\x01\x02'],
  ['small letters', 'get / http/1.1\r\n'],
  ['a line that ends with a line feed alone', 'GET / HTTP/1.1\nHost: a\n\n'],
])('%s is known for no head before it ends', (_name, start) => {
  expect(new HeadReader(1024).push(bytes(start), 0)).toBe('malformed');
});

test('so is a line feed alone that comes later', () => {
  const reader = new HeadReader(1024);
  expect(reader.push(bytes('GET / HTTP/1.1\r'), 0)).toBe('partial');
  expect(reader.push(bytes('\nHost: a'), 0)).toBe('partial');
  expect(reader.push(bytes('\n'), 0)).toBe('malformed');
});
