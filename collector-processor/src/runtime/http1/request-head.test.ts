import { describe, expect, test } from '@jest/globals';
import { readRequestHead } from './request-head.ts';

const head = (...lines: string[]): string => [...lines, ''].join('\r\n');
const post = (...lines: string[]): string => head('POST /v1/traces HTTP/1.1', 'Host: a', ...lines);

describe('what is taken', () => {
  test('method, target, headers by lower-case name without the space around their values', () => {
    expect(readRequestHead(post('X-Scope-OrgID: \t blue green\t ', 'A:b', 'a: c'))).toMatchObject({
      method: 'POST',
      target: '/v1/traces',
      headers: { host: 'a', 'x-scope-orgid': 'blue green', a: 'b, c' },
      framing: { kind: 'length', bytes: 0 },
      keepsAlive: true,
      waitsForContinue: false,
    });
  });

  test.each([
    ['Content-Length: 12', { framing: { kind: 'length', bytes: 12 } }],
    ['Transfer-Encoding: Chunked', { framing: { kind: 'chunked' } }],
    ['Connection: Close', { keepsAlive: false }],
    ['Connection: TE, close', { keepsAlive: false }],
    ['Expect: 100-Continue', { waitsForContinue: true }],
    ['X: \u00e4 \u00a0', { headers: { x: '\u00e4 \u00a0' } }],
    ['__proto__: x', { headers: expect.not.objectContaining({ polluted: true }) }],
  ])('%s', (line, expected) => {
    expect(readRequestHead(post(line))).toMatchObject(expected);
  });

  test('HTTP/1.0 without a host, for one request', () => {
    expect(readRequestHead(head('POST / HTTP/1.0', 'Connection: keep-alive'))).toMatchObject({ keepsAlive: false });
  });
});

describe('what two programs could read in two ways is refused', () => {
  test.each([
    ['two lengths', post('Content-Length: 5', 'Content-Length: 5')],
    ['a list of lengths', post('Content-Length: 5, 5')],
    ['a length with a sign', post('Content-Length: +5')],
    ['a length in hexadecimal', post('Content-Length: 0x5')],
    ['a length beyond all numbers', post('Content-Length: 99999999999999999999')],
    ['an empty length', post('Content-Length:')],
    ['a length and chunks', post('Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['another coding', post('Transfer-Encoding: gzip, chunked')],
    ['identity as a coding', post('Transfer-Encoding: identity')],
    ['chunks twice', post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')],
    ['a coding that only looks like chunks', post('Transfer-Encoding: \u000bchunked')],
    ['chunks in HTTP/1.0', head('POST / HTTP/1.0', 'Transfer-Encoding: chunked')],
    ['space before a colon', post('Content-Length : 5')],
    ['space before a name', post(' Content-Length: 5')],
    ['a folded line', post('X: a', '\tb')],
    ['a line without a colon', post('nonsense')],
    ['a line without a name', post(': x')],
    ['a bare line feed', post('X: a\nContent-Length: 5')],
    ['a bare carriage return', post('X: a\rContent-Length: 5')],
    ['a NUL', post('X: a\0b')],
    ['no host', head('POST / HTTP/1.1')],
    ['two hosts', post('Host: b')],
    ['a line before the headers', head('POST / HTTP/1.1', '', 'Host: a')],
    ['two spaces', head('POST  / HTTP/1.1', 'Host: a')],
    ['a tab for a space', head('POST\t/ HTTP/1.1', 'Host: a')],
    ['space behind the version', head('POST / HTTP/1.1 ', 'Host: a')],
    ['no version', head('POST /', 'Host: a')],
    ['another version', head('POST / HTTP/1.2', 'Host: a')],
    ['a version in small letters', head('POST / http/1.1', 'Host: a')],
    ['a control character in the target', head('POST /\u007f HTTP/1.1', 'Host: a')],
    ['CONNECT', head('CONNECT a:1 HTTP/1.1', 'Host: a')],
  ])('%s', (_name, text) => {
    expect(readRequestHead(text)).toBe('malformed');
  });

  test('HTTP/2 is told apart, for the sake of those who have mistaken the port', () => {
    expect(readRequestHead(head('PRI * HTTP/2.0'))).toBe('http2');
  });
});

test('a value of nothing but spaces takes no longer than it is long', () => {
  const value = `${' '.repeat(60_000)}x`;
  expect(readRequestHead(post(`X: ${value}`))).toMatchObject({ headers: { x: 'x' } });
});
