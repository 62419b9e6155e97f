import { describe, expect, test } from '@jest/globals';
import { type LogColumns } from '../model/columns.ts';
import { encodeMessage } from '../model/otlp/encode.ts';
import { type Plain } from '../model/otlp/plain-message.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { decodeOptions } from '../testing/decode-options.ts';
import { builtAtMs, logRecord, nano } from '../testing/telemetry-builder-items.ts';
import { attributes, logsBytes } from '../testing/telemetry-builder.ts';
import { createDecoder } from './decoder.ts';
import { readBodyText } from './read-item-attributes.ts';

function readBytes(bytes: Uint8Array): LogColumns {
  const result = createDecoder({ options: decodeOptions(), metrics: createSelfMetrics() }).decode('logs', bytes);
  if (result.kind !== 'columns' || result.columns.signal !== 'logs') throw new Error(JSON.stringify(result));
  return result.columns;
}

function read(records: readonly Plain<'LogRecord'>[]): LogColumns {
  return readBytes(logsBytes(records));
}

test('what a record says of itself', () => {
  const columns = read([
    logRecord({
      severityNumber: 17,
      severityText: 'ERROR',
      eventName: 'order.failed',
      flags: 1,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      observedTimeUnixNano: nano(builtAtMs + 5),
      attributes: { 'exception.type': 'Timeout', 'event.name': 'e', 'session.id': 's' },
    }),
  ]);
  const symbols = [columns.severityText, columns.eventName].map((column) => columns.symbols.text(column[0]!));
  expect(symbols).toEqual(['ERROR', 'order.failed']);
  expect([columns.severityNumber[0], columns.flags[0], columns.timeMs[0]]).toEqual([17, 1, builtAtMs]);
  expect(columns.observedNano[0]).toBe(BigInt(builtAtMs + 5) * 1_000_000n);
  expect([...columns.projected.subarray(0, 2)].map((id) => columns.symbols.text(id))).toEqual(['Timeout', 'e']);
  expect(columns.sessionHash[0]).not.toBe(0);
  expect(Buffer.from(columns.traceId.subarray(0, 16)).toString('hex')).toBe('0af7651916cd43dd8448eb211c80319c');
});

test('a record without a time has the time at which it was seen', () => {
  const columns = read([{ observedTimeUnixNano: nano(builtAtMs) }, {}]);
  expect([...columns.timeMs.subarray(0, 2)]).toEqual([builtAtMs, 0]);
  expect(columns.timeNano[0]).toBe(0n);
});

describe('the body', () => {
  test('of text is found in the payload', () => {
    const columns = read([logRecord({ body: 'disk /dev/sdä full' })]);
    const text = columns.payload.subarray(columns.bodyStart[0], columns.bodyEnd[0]);
    expect([columns.bodyIsText[0], Buffer.from(text).toString()]).toEqual([1, 'disk /dev/sdä full']);
    expect(readBodyText(columns, 0)).toBe('disk /dev/sdä full');
  });

  test.each([
    ['a map', { kvlistValue: { values: [{ key: 'msg', value: { stringValue: 'x' } }] } }, '{"msg":"x"}'],
    ['a list', { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }] } }, '[1,"a"]'],
    ['a number', { intValue: '-7' }, '-7'],
    ['bytes', { bytesValue: 'AQI=' }, 'AQI='],
  ])('of %s is read as text on demand', (_, body, text) => {
    const columns = read([logRecord({ body })]);
    expect([columns.bodyIsText[0], readBodyText(columns, 0)]).toEqual([0, text]);
  });

  test.each([
    ['no body', {}],
    ['a body that says nothing', { body: {} }],
    ['an empty text', { body: { stringValue: '' } }],
  ])('%s is empty text', (_, record) => {
    const columns = read([record]);
    expect([columns.bodyIsText[0], readBodyText(columns, 0)]).toEqual([1, '']);
  });

  test('given twice is the last one, unless that says nothing', () => {
    const body = (value: Plain<'AnyValue'>) => Buffer.from(encodeMessage('LogRecord', { body: value }));
    const first = body({ stringValue: 'first' });
    const records = [Buffer.concat([first, body({ intValue: 2 })]), Buffer.concat([first, body({})])];
    const scope = records.map((record) => Buffer.concat([Buffer.from([0x12, record.length]), record]));
    const inner = Buffer.concat(scope);
    const request = Buffer.concat([Buffer.from([0x0a, inner.length + 2, 0x12, inner.length]), inner]);
    const columns = readBytes(request);
    expect([readBodyText(columns, 0), readBodyText(columns, 1)]).toEqual(['2', 'first']);
  });
});

test('attributes of one record are read on demand', () => {
  const { attributes: read_ } = createDecoder({ options: decodeOptions(), metrics: createSelfMetrics() });
  const columns = read([
    logRecord(),
    { attributes: [...attributes({ a: 1, list: { arrayValue: {} } }), ...attributes({ a: 'again' })] },
  ]);
  expect([...read_(columns, 0)]).toEqual([]);
  expect([...read_(columns, 1)]).toEqual([
    ['a', 'again'],
    ['list', '[]'],
  ]);
});
