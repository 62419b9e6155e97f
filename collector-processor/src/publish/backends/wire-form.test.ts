import { expect, test } from '@jest/globals';
import { exportRequest } from '../testing/export-request.ts';
import { wireForm } from './wire-form.ts';

const protobuf = Buffer.from('protobuf');
const json = Buffer.from('{}');
const accepted = {
  encodings: new Set(['protobuf', 'json'] as const),
  compressions: new Set(['identity', 'gzip'] as const),
};

test('what is taken stays the very array that was received', () => {
  const request = exportRequest(protobuf, { compression: 'gzip' });
  expect(wireForm(request, protobuf, accepted).body).toBe(request.body);
  expect(wireForm(request, protobuf, accepted).reencoded).toBeUndefined();
});

test('identity is always taken', () => {
  const strict = { ...accepted, compressions: new Set(['gzip'] as const) };
  expect(wireForm(exportRequest(protobuf), protobuf, strict)).toMatchObject({
    compression: 'identity',
    body: protobuf,
  });
});

test('an unknown compression is undone, in the encoding it came in', () => {
  const request = exportRequest(json, { encoding: 'json', compression: 'zstd' });
  const expected = { encoding: 'json', compression: 'identity', body: json, reencoded: 'zstd' };
  expect(wireForm(request, protobuf, accepted)).toEqual(expected);
});

test('JSON that is not taken becomes the protobuf message, inflated', () => {
  const request = exportRequest(json, { encoding: 'json', compression: 'gzip' });
  const protobufOnly = { ...accepted, encodings: new Set(['protobuf'] as const) };
  const expected = { encoding: 'protobuf', compression: 'identity', body: protobuf, reencoded: 'json' };
  expect(wireForm(request, protobuf, protobufOnly)).toEqual(expected);
});
