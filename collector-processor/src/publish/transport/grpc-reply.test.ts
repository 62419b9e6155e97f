import { describe, expect, test } from '@jest/globals';
import { encodeRetryDetails } from '../../runtime/grpc/status-details.ts';
import { GrpcStatus } from '../../runtime/grpc/status.ts';
import { exportResponse } from '../../testing/sink/sink-replies.ts';
import { type GrpcFields, readGrpcReply } from './grpc-reply.ts';

function read(fields: GrpcFields, httpStatus = 200, message: Uint8Array = new Uint8Array(0)) {
  return readGrpcReply({ signal: 'traces', httpStatus, fields, message });
}

describe('readGrpcReply', () => {
  test('OK is delivered, with its partial success', () => {
    expect(read({ 'grpc-status': '0' })).toEqual({ kind: 'delivered' });
    const message = exportResponse('traces', { rejected: 2, message: 'old' });
    expect(read({ 'grpc-status': '0' }, 200, message)).toEqual({
      kind: 'delivered',
      partial: { rejectedItems: 2, message: 'old' },
    });
  });

  test('exactly the codes of the specification are retryable', () => {
    const retryable = Object.entries(GrpcStatus)
      .filter(([, code]) => read({ 'grpc-status': String(code) }).kind === 'retry')
      .map(([name]) => name);
    expect(retryable).toEqual([
      'CANCELLED',
      'DEADLINE_EXCEEDED',
      'ABORTED',
      'OUT_OF_RANGE',
      'UNAVAILABLE',
      'DATA_LOSS',
    ]);
  });

  test('RESOURCE_EXHAUSTED is throttling with RetryInfo, and "too large" without', () => {
    const details = encodeRetryDetails(GrpcStatus.RESOURCE_EXHAUSTED, 'slow down', 1500);
    const fields = { 'grpc-status': '8', 'grpc-message': 'slow%20down', 'grpc-status-details-bin': details };
    expect(read(fields)).toEqual({
      kind: 'retry',
      reason: 'gRPC RESOURCE_EXHAUSTED: slow down',
      throttled: true,
      retryAfterMs: 1500,
    });
    expect(read({ 'grpc-status': '8' })).toMatchObject({ kind: 'refused', status: 413 });
  });

  test.each([
    ['3', 400],
    ['7', 403],
    ['12', 404],
    ['2', 500],
    ['9', 400],
    ['13', 500],
    ['16', 401],
  ])('code %s is refused as HTTP %d', (code, status) => {
    expect(read({ 'grpc-status': code })).toMatchObject({ kind: 'refused', status });
  });

  test('a proxy that answers without gRPC is read by its HTTP status', () => {
    expect(read({}, 503)).toMatchObject({ kind: 'retry', throttled: false });
    expect(read({}, 404)).toMatchObject({ kind: 'refused', status: 404 });
  });
});
