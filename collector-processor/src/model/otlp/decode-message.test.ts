import { describe, expect, test } from '@jest/globals';
import { decodeMessage } from './decode-message.ts';
import { encodeMessage } from './encode.ts';
import { type MessageName } from './schema.ts';
import { retryInfoTypeUrl } from './status-messages.ts';

function read(name: MessageName, hex: string): unknown {
  return decodeMessage(name, Buffer.from(hex, 'hex'));
}

test('an empty message has no fields', () => {
  expect(read('ExportLogsServiceResponse', '')).toEqual({ kind: 'message', message: {} });
});

test('a refusal with a delay is read', () => {
  const delay = encodeMessage('RetryInfo', { retryDelay: { seconds: 5, nanos: 1 } });
  const refusal = { code: 14, message: 'later', details: [{ typeUrl: retryInfoTypeUrl, value: delay }] };
  const result = decodeMessage('Status', encodeMessage('Status', refusal));
  expect(result).toEqual({ kind: 'message', message: refusal });
  expect(decodeMessage('RetryInfo', delay)).toEqual({
    kind: 'message',
    message: { retryDelay: { seconds: 5n, nanos: 1 } },
  });
});

test('unknown fields of every wire type are skipped', () => {
  const unknown = '9806ffff03' + '99060102030405060708' + '9a060161' + '9d0601020304';
  expect(read('ValueAtQuantile', `${unknown}09000000000000f03f${unknown}`)).toEqual({
    kind: 'message',
    message: { quantile: 1 },
  });
});

test('packed and single numbers join in one list', () => {
  expect(read('Buckets', '1005' + '12020102' + '1007')).toEqual({
    kind: 'message',
    message: { bucketCounts: [5n, 1n, 2n, 7n] },
  });
});

test('a message field given twice is merged, the last scalar counts', () => {
  expect(read('Span', '7a0412024f4b' + '7a021802' + '7a021801')).toEqual({
    kind: 'message',
    message: { status: { message: 'OK', code: 1 } },
  });
});

test('the last member of a oneof counts', () => {
  expect(read('AnyValue', '0a0161' + '1801' + '0a0162')).toEqual({ kind: 'message', message: { stringValue: 'b' } });
  expect(read('Metric', '2a020a00' + '3a021002')).toEqual({
    kind: 'message',
    message: { sum: { aggregationTemporality: 2 } },
  });
});

describe('bytes that are no message are refused with the offset', () => {
  test.each([
    ['cut off within a number', '30', 1],
    ['cut off within a number', '30ff', 1],
    ['a number of more than ten bytes', '30ffffffffffffffffffff01', 1],
    ['a length reaches beyond its message', '2a05616263', 1],
    ['cut off within a value', '3901020304', 1],
    ['cut off within a value', '8501010203', 2],
    ['wire type 3', '4b', 1],
    ['wire type 4', '4c', 1],
    ['wire type 7', '4f', 1],
    ['field number 0', '0001', 0],
    ['a tag or length of more than 32 bits', 'ffffffff7f00', 0],
    ['a tag or length of more than 32 bits', 'aa8080808000', 0],
    ['a tag or length of more than 32 bits', '2affffffffffffffffff01', 1],
  ])('%s: %s', (reason, hex, offset) => {
    expect(read('Span', hex)).toEqual({ kind: 'malformed', reason, offset });
  });

  test('deep nesting', () => {
    let bytes = Buffer.from('0a0178', 'hex');
    for (let i = 0; i < 60; i++) {
      const list = Buffer.concat([varintField(0x0a, bytes.length), bytes]);
      bytes = Buffer.concat([varintField(0x2a, list.length), list]);
    }
    expect(decodeMessage('AnyValue', bytes)).toMatchObject({
      kind: 'malformed',
      reason: 'nested deeper than 100 messages',
    });
  });
});

function varintField(tag: number, length: number): Buffer {
  return length < 128 ? Buffer.from([tag, length]) : Buffer.from([tag, (length & 127) | 128, length >> 7]);
}
