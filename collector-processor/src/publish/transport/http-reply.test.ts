import { describe, expect, test } from '@jest/globals';
import { statusMessage } from '../../testing/sink/sink-replies.ts';
import { type HttpReply, readHttpReply } from './http-reply.ts';

function reply(status: number, changes: Partial<HttpReply> = {}): HttpReply {
  const body = Buffer.alloc(0);
  return {
    signal: 'logs',
    status,
    contentType: '',
    retryAfter: undefined,
    body,
    nowMs: 0,
    serverErrorsPass: false,
    ...changes,
  };
}

describe('readHttpReply', () => {
  test.each([200, 202, 204])('%d is delivered', (status) => {
    expect(readHttpReply(reply(status))).toEqual({ kind: 'delivered' });
  });

  test('exactly 429, 502, 503 and 504 are retryable', () => {
    const retryable = [];
    for (let status = 300; status < 600; status++) {
      if (readHttpReply(reply(status)).kind === 'retry') retryable.push(status);
    }
    expect(retryable).toEqual([429, 502, 503, 504]);
  });

  test('500 is retryable for backends that use it for passing troubles', () => {
    expect(readHttpReply(reply(500, { serverErrorsPass: true })).kind).toBe('retry');
    expect(readHttpReply(reply(400, { serverErrorsPass: true })).kind).toBe('refused');
  });

  test('only 429 is throttling, and Retry-After is told in milliseconds', () => {
    expect(readHttpReply(reply(429, { retryAfter: '2' }))).toEqual({
      kind: 'retry',
      reason: 'HTTP 429',
      throttled: true,
      retryAfterMs: 2000,
    });
    expect(readHttpReply(reply(503))).toEqual({ kind: 'retry', reason: 'HTTP 503', throttled: false });
  });

  test.each([
    ['plain text', 'text/plain; charset=utf-8', Buffer.from('cannot\n  parse\n'), 'cannot parse'],
    [
      'a Status in protobuf',
      'application/x-protobuf',
      Buffer.from(statusMessage(3, 'unexpected EOF')),
      'unexpected EOF',
    ],
    ['a Status that calls itself octets', 'application/octet-stream', Buffer.from(statusMessage(3, 'no')), 'no'],
    ['a Status in JSON', 'application/json', Buffer.from('{"code":3,"message":"bad"}'), 'bad'],
    ['other JSON', 'application/json', Buffer.from('{"error":"bad"}'), '{"error":"bad"}'],
  ])('the reason holds %s', (_name, contentType, body, text) => {
    expect(readHttpReply(reply(400, { contentType, body }))).toEqual({
      kind: 'refused',
      status: 400,
      reason: `HTTP 400: ${text}`,
    });
  });

  test('a long reason is cut, and one that cannot be read left out', () => {
    const long = readHttpReply(reply(400, { contentType: 'text/plain', body: Buffer.alloc(100_000, 'x') }));
    expect(long.kind === 'refused' && long.reason.length).toBeLessThan(500);
    const unreadable = readHttpReply(reply(400, { body: Buffer.from([0xff, 0xff, 0xff]) }));
    expect(unreadable).toMatchObject({ reason: 'HTTP 400' });
  });
});
