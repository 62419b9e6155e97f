import { expect, test } from '@jest/globals';
import { BodyReader } from './body-reader.ts';
import { type Framing } from './framing.ts';

/** Everything that was sent, in pieces of that many bytes. */
function read(framing: Framing, text: string, pieceBytes = text.length) {
  const reader = new BodyReader();
  reader.begin(framing);
  const bytes = Buffer.from(text, 'latin1');
  let body = '';
  let taken = 0;
  for (let from = 0; from < bytes.length && !reader.isComplete; from += pieceBytes) {
    const chunk = bytes.subarray(from, from + pieceBytes);
    const end = reader.push(chunk, 0, (piece) => (body += piece.toString('latin1')));
    if (end === 'malformed') return { body, end };
    taken = from + end;
  }
  return { body, rest: text.slice(taken), isComplete: reader.isComplete };
}

const chunked: Framing = { kind: 'chunked' };

test.each([1, 2, 3, 5, 8, 1000])('a body is the same in pieces of %d bytes, and what follows is left alone', (size) => {
  const length: Framing = { kind: 'length', bytes: 10 };
  expect(read(length, '0123456789', size)).toEqual({ body: '0123456789', rest: '', isComplete: true });
  const chunks = '5\r\n01234\r\n005;name="v"\r\n56789\r\n0;x\r\nTrailer: a\r\nB:\r\n\r\n';
  expect(read(chunked, chunks, size)).toEqual({ body: '0123456789', rest: '', isComplete: true });
});

test('bytes of the next message stay where they are', () => {
  expect(read({ kind: 'length', bytes: 3 }, 'abcGET')).toMatchObject({ body: 'abc', rest: 'GET' });
  expect(read(chunked, '1\r\na\r\n0\r\n\r\nGET')).toMatchObject({ body: 'a', rest: 'GET' });
});

test.each([
  ['no number', 'zz\r\n'],
  ['a sign', '+1\r\na\r\n'],
  ['a prefix', '0x1\r\na\r\n'],
  ['no size', '\r\n'],
  ['space before the size', ' 1\r\na\r\n'],
  ['space behind the size', '1 \r\na\r\n'],
  ['a size over 4 GiB', '100000000\r\n'],
  ['a bare line feed behind the size', '1\na\r\n0\r\n\r\n'],
  ['a bare carriage return in an extension', '1;a\rb\r\na\r\n'],
  ['more bytes than said', '1\r\nab\r\n0\r\n\r\n'],
  ['a bare line feed behind the data', '1\r\na\n0\r\n\r\n'],
  ['a size line without an end', '1;'.padEnd(2000, 'x')],
  ['a folded trailer', '0\r\nA: b\r\n c\r\n\r\n'],
  ['a trailer that is none', '0\r\nGET / HTTP/1.1\r\n\r\n'],
  ['trailers without an end', `0\r\n${`A: ${'x'.repeat(900)}\r\n`.repeat(20)}`],
])('chunks with %s are refused, however they are cut', (_name, text) => {
  for (const size of [1, 7, 5000]) expect(read(chunked, text, size)).toMatchObject({ end: 'malformed' });
});

test('what lasts until the connection ends is complete then, anything else is not', () => {
  const reader = new BodyReader();
  for (const [framing, isComplete] of [
    [{ kind: 'close' }, true],
    [{ kind: 'length', bytes: 4 }, false],
    [chunked, false],
  ] as const) {
    reader.begin(framing);
    reader.push(Buffer.from('3\r\n'), 0, () => undefined);
    expect(reader.end()).toBe(isComplete);
  }
});
