import { expect, test } from '@jest/globals';
import { encodeMessage } from '../../model/otlp/encode.ts';
import { encodeRetryDetails, retryAfterMsOf } from './status-details.ts';
import { GrpcStatus } from './status.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

test.each([0, 1, 999, 1000, 1500, 90_061_001])('a delay of %d ms comes back', (delayMs) => {
  expect(retryAfterMsOf(encodeRetryDetails(GrpcStatus.UNAVAILABLE, 'later', delayMs))).toBe(delayMs);
});

test('the bytes are those of google.rpc.Status with google.rpc.RetryInfo, unpadded', () => {
  const header = encodeRetryDetails(GrpcStatus.UNAVAILABLE, 'busy', 1500);
  const typeUrl = Buffer.from('type.googleapis.com/google.rpc.RetryInfo');
  const duration = Buffer.from([0x08, 0x01, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01]);
  const info = Buffer.concat([Buffer.from([0x0a, duration.length]), duration]);
  const any = Buffer.concat([Buffer.from([0x0a, typeUrl.length]), typeUrl, Buffer.from([0x12, info.length]), info]);
  const expected = Buffer.concat([
    Buffer.from([0x08, 14, 0x12, 4]),
    Buffer.from('busy'),
    Buffer.from([0x1a, any.length]),
    any,
  ]);
  expect(Buffer.from(header, 'base64')).toEqual(expected);
  expect(header).not.toContain('=');
});

test('no delay is read from nothing, garbage, other details or a Status without any', () => {
  const other = { typeUrl: 'type.googleapis.com/google.rpc.QuotaFailure', value: new Uint8Array([1]) };
  const broken = { typeUrl: 'type.googleapis.com/google.rpc.RetryInfo', value: new Uint8Array([0x0a, 0x7f]) };
  expect(retryAfterMsOf(undefined)).toBeUndefined();
  expect(retryAfterMsOf('//79')).toBeUndefined();
  expect(retryAfterMsOf(base64(encodeMessage('Status', { code: 14 })))).toBeUndefined();
  expect(retryAfterMsOf(base64(encodeMessage('Status', { details: [other] })))).toBeUndefined();
  expect(retryAfterMsOf(base64(encodeMessage('Status', { details: [broken] })))).toBeUndefined();
});

test('a negative delay counts as none', () => {
  const value = encodeMessage('RetryInfo', { retryDelay: { seconds: -5 } });
  const status = encodeMessage('Status', {
    details: [{ typeUrl: 'type.googleapis.com/google.rpc.RetryInfo', value }],
  });
  expect(retryAfterMsOf(base64(status))).toBe(0);
});
