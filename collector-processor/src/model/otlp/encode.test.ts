import { describe, expect, test } from '@jest/globals';
import { decodeMessage } from './decode-message.ts';
import { encodeMessage, encodePlain } from './encode.ts';
import { messageType, type MessageName } from './schema.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** n AnyValues, each inside the list of the one before. */
function nested(levels: number): unknown {
  let value: unknown = { stringValue: 'x' };
  for (let i = 1; i < levels; i++) value = { arrayValue: { values: [value] } };
  return value;
}

test('what is written is read back', () => {
  const span = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]),
    name: 'GET /été',
    kind: 2,
    startTimeUnixNano: '1700000000000000001',
    endTimeUnixNano: 1700000000000000002n,
    attributes: [
      { key: 'n', value: { intValue: -1 } },
      { key: 'list', value: { arrayValue: { values: [{ boolValue: false }, { doubleValue: 0.5 }, {}] } } },
    ],
    status: { code: 2 },
    flags: 0x101,
  } as const;
  const result = decodeMessage('Span', encodeMessage('Span', span));
  expect(result).toEqual({
    kind: 'message',
    message: {
      ...span,
      traceId: Uint8Array.from(Buffer.from(span.traceId, 'hex')),
      startTimeUnixNano: 1700000000000000001n,
      attributes: [{ key: 'n', value: { intValue: -1n } }, span.attributes[1]],
    },
  });
});

describe('the bytes are those of the wire format', () => {
  test.each([
    ['AnyValue', { intValue: -1 }, '18ffffffffffffffffff01'],
    ['AnyValue', { intValue: 300 }, '18ac02'],
    ['AnyValue', { bytesValue: '_-8=' }, '3a02ffef'],
    ['Buckets', { offset: -3, bucketCounts: ['1', 300] }, '08051203' + '01ac02'],
    ['ExponentialHistogramDataPoint', { scale: -2147483648 }, '30ffffffff0f'],
    ['HistogramDataPoint', { explicitBounds: [1], min: 0 }, '3a08000000000000f03f590000000000000000'],
    ['NumberDataPoint', { asInt: -2n }, '31feffffffffffffff'],
    ['Status', { code: -1 }, '08ffffffffffffffffff01'],
    ['Span', { kind: 3, flags: 4294967295 }, '30038501ffffffff'],
    ['LogRecord', {}, ''],
  ] as const)('%s %o', (name, message, expected) => {
    expect(encodePlain(name, message)).toMatchObject({ kind: 'protobuf' });
    expect(hex(encodeMessage(name, message))).toBe(expected);
  });
});

test('a message that outgrows the writer is whole', () => {
  const spans = Array.from({ length: 500 }, (_, i) => ({ name: `span ${i} ${'x'.repeat(i)}` }));
  const result = decodeMessage('ScopeSpans', encodeMessage('ScopeSpans', { spans }));
  expect(result).toEqual({ kind: 'message', message: { spans } });
});

describe('a value that does not fit is named by its path', () => {
  test.each([
    ['ScopeSpans', { spans: [{}, { name: 5 }] }, 'expected text at spans[1].name'],
    ['Span', { traceId: 'xyz' }, 'expected an id in hex digits at traceId'],
    ['Span', { startTimeUnixNano: -1 }, 'expected a whole number of 64 bits at startTimeUnixNano'],
    ['Span', { startTimeUnixNano: '1.5' }, 'expected a whole number of 64 bits at startTimeUnixNano'],
    ['Span', { flags: 4294967296 }, 'expected a whole number from 0 to 4294967295 at flags'],
    ['Span', { kind: 'SPAN_KIND_NOVEL' }, 'expected a whole number from -2147483648 to 2147483647 at kind'],
    ['Span', { attributes: {} }, 'expected a list at attributes'],
    ['Span', { attributes: [null] }, 'expected an object at attributes[0]'],
    ['Span', [], 'expected an object at the top'],
    ['AnyValue', { boolValue: 1 }, 'expected true or false at boolValue'],
    ['AnyValue', { bytesValue: '*' }, 'expected bytes in base64 at bytesValue'],
    ['AnyValue', { doubleValue: 'much' }, 'expected a number at doubleValue'],
    ['AnyValue', nested(60), 'nested deeper than 100 messages at arrayValue.values[0].'],
  ] as const)('%s %j', (name, message, reason) => {
    const result = encodePlain(name, message);
    expect(result).toMatchObject({ kind: 'malformed' });
    expect('reason' in result && result.reason.startsWith(reason)).toBe(true);
  });
});

test('the path of a fault far within is cut short', () => {
  const result = encodePlain('AnyValue', nested(60));
  expect('reason' in result && result.reason.length).toBeLessThan(200);
  expect('reason' in result && result.reason.endsWith('…')).toBe(true);
});

test('both spellings, names of enumerations, null and unknown names are understood', () => {
  const message = { trace_id: 'ff', kind: 'SPAN_KIND_SERVER', end_time_unix_nano: 1, status: null, colour: [1] };
  const plain = { traceId: 'ff', kind: 2, endTimeUnixNano: 1 };
  expect(encodePlain('Span', message)).toEqual({ kind: 'protobuf', bytes: encodeMessage('Span', plain) });
});

test('inherited and hostile keys mean nothing', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"name":"evil"},"constructor":{"prototype":{"name":"evil"}}}');
  expect(encodePlain('Span', hostile)).toEqual({ kind: 'protobuf', bytes: new Uint8Array(0) });
  expect(encodePlain('Span', Object.create({ name: 'inherited' }))).toEqual({
    kind: 'protobuf',
    bytes: new Uint8Array(0),
  });
});

test('a wrong value in our own message throws', () => {
  expect(() => encodeMessage('Span', { spanId: 'x' })).toThrow('Span: expected an id in hex digits at spanId');
});

test('every field of every message has a known type', () => {
  const seen = new Set<MessageName>();
  const visit = (name: MessageName) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const { message } of messageType(name).fields) if (message !== undefined) visit(message.name);
  };
  for (const signal of ['Trace', 'Metrics', 'Logs'] as const) {
    visit(`Export${signal}ServiceRequest`);
    visit(`Export${signal}ServiceResponse`);
  }
  for (const name of ['Status', 'RetryInfo', 'Any'] as const) visit(name);
  expect(seen.size).toBe(44);
});
