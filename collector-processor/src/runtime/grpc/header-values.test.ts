import { describe, expect, test } from '@jest/globals';
import { decodeStatusMessage, encodeStatusMessage } from './status-message.ts';
import { grpcStatusName, grpcStatusOfHttp, GrpcStatus, isRetryableByOtlp, parseGrpcStatus } from './status.ts';
import { formatGrpcTimeout, parseGrpcTimeout } from './timeout.ts';

describe('grpc-message', () => {
  test.each([
    ['plain text, nothing to do', 'plain text, nothing to do'],
    ['50%', '50%25'],
    ['line\nbreak', 'line%0Abreak'],
    ['größer', 'gr%C3%B6%C3%9Fer'],
    ['~\u007f', '~%7F'],
    ['', ''],
  ])('%j travels as %j and comes back', (text, encoded) => {
    expect(encodeStatusMessage(text)).toBe(encoded);
    expect(decodeStatusMessage(encoded)).toBe(text);
  });

  test('a broken escape stays as it is', () => {
    expect(decodeStatusMessage('100% sure, %zz, %4')).toBe('100% sure, %zz, %4');
  });
});

describe('grpc-timeout', () => {
  test.each([
    ['10S', 10_000],
    ['1H', 3_600_000],
    ['2M', 120_000],
    ['250m', 250],
    ['500u', 0.5],
    ['99999999n', 99.999999],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseGrpcTimeout(text)).toBeCloseTo(milliseconds, 9);
  });

  test.each(['', '10', 'S', '123456789S', '-1S', '1.5S', '1s', ' 1S'])('%j is not one', (text) => {
    expect(parseGrpcTimeout(text)).toBeUndefined();
  });

  test.each([
    [0.2, '1m'],
    [1500, '1500m'],
    [99_999_999, '99999999m'],
    [100_000_000, '100000S'],
    [1e12, '16666667M'],
    [Number.MAX_SAFE_INTEGER, '99999999H'],
  ])('%d ms is written as %s', (milliseconds, text) => {
    expect(formatGrpcTimeout(milliseconds)).toBe(text);
  });
});

describe('grpc-status', () => {
  test('names and numbers agree', () => {
    expect(grpcStatusName(GrpcStatus.RESOURCE_EXHAUSTED)).toBe('RESOURCE_EXHAUSTED');
    expect(grpcStatusName(99)).toBe('UNKNOWN');
  });

  test.each([
    ['0', GrpcStatus.OK],
    ['16', GrpcStatus.UNAUTHENTICATED],
    ['17', GrpcStatus.UNKNOWN],
    ['', GrpcStatus.UNKNOWN],
    ['x', GrpcStatus.UNKNOWN],
    [undefined, GrpcStatus.UNKNOWN],
  ])('the trailer %j is status %d', (text, code) => {
    expect(parseGrpcStatus(text)).toBe(code);
  });

  test('RESOURCE_EXHAUSTED is retryable only with RetryInfo; UNAVAILABLE always; INVALID_ARGUMENT never', () => {
    expect(isRetryableByOtlp(GrpcStatus.RESOURCE_EXHAUSTED, false)).toBe(false);
    expect(isRetryableByOtlp(GrpcStatus.RESOURCE_EXHAUSTED, true)).toBe(true);
    expect(isRetryableByOtlp(GrpcStatus.UNAVAILABLE, false)).toBe(true);
    expect(isRetryableByOtlp(GrpcStatus.INVALID_ARGUMENT, true)).toBe(false);
  });

  test('an answer of a proxy without grpc-status is mapped by its HTTP status', () => {
    expect(grpcStatusOfHttp(503)).toBe(GrpcStatus.UNAVAILABLE);
    expect(grpcStatusOfHttp(404)).toBe(GrpcStatus.UNIMPLEMENTED);
    expect(grpcStatusOfHttp(418)).toBe(GrpcStatus.UNKNOWN);
  });
});
