import { describe, expect, test } from '@jest/globals';
import type { Plain } from '../../model/otlp/plain-message.ts';
import { createMask } from '../../runtime/masking.ts';
import { attributes, logsBytes, metricsBytes, traceBytes } from '../../testing/telemetry-builder.ts';
import { countItems } from './count-items.ts';
import { previewOf } from './letter-preview.ts';

const mask = createMask([]);
const atNoon = '1763726400000000000';
const span: Plain<'Span'> = {
  name: 'GET /cart',
  startTimeUnixNano: atNoon,
  endTimeUnixNano: '1763726400012000000',
  attributes: attributes({ 'http.request.method': 'GET', password: 'hunter2' }),
};
const metric: Plain<'Metric'> = {
  name: 'queue.length',
  unit: '1',
  gauge: { dataPoints: [{ asInt: 3, attributes: attributes({ queue: 'orders' }) }, { asInt: 4 }] },
};
const log: Plain<'LogRecord'> = {
  timeUnixNano: atNoon,
  severityText: 'ERROR',
  body: { stringValue: 'no mail for bob@example.com' },
  attributes: attributes({ attempt: 3 }),
};

describe('a preview', () => {
  test('has one masked line for each item', () => {
    expect(previewOf('logs', logsBytes([log]), mask)).toEqual({
      lines: ['checkout  2025-11-21T12:00:00.000Z  ERROR  no mail for [email]  attempt=3'],
      isWhole: true,
    });
    expect(previewOf('traces', traceBytes([span]), mask).lines).toEqual([
      'checkout  2025-11-21T12:00:00.000Z  GET /cart  12 ms  http.request.method=GET  password=[secret]',
    ]);
    expect(previewOf('metrics', metricsBytes([metric]), mask).lines).toEqual([
      'checkout  queue.length 1  gauge, 2 points  queue=orders',
    ]);
  });

  test('shows values of every kind, and of deep ones only the top', () => {
    const deep = [1, 2, 3, 4, 5, 6].reduce<Plain<'AnyValue'>>((value) => ({ arrayValue: { values: [value] } }), {
      stringValue: 'bottom',
    });
    const values = { list: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 0.5 }] } }, deep };
    const map = { kvlistValue: { values: attributes({ a: 1 }) } };
    const [line] = previewOf('logs', logsBytes([{ body: map, attributes: attributes(values) }]), mask).lines;
    expect(line).toBe('checkout  (no time)    {a=1}  list=[true, 0.5]  deep=[[[[…]]]]');
  });

  test('ends after some items, and cuts long ones', () => {
    const long = {
      body: { stringValue: 'x'.repeat(5000) },
      attributes: attributes({ a: 'y'.repeat(5000), b: 'z'.repeat(5000) }),
    };
    const { lines, isWhole } = previewOf('logs', logsBytes(Array.from({ length: 25 }, () => long)), mask);
    expect(lines).toHaveLength(20);
    expect(isWhole).toBe(false);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(501);
  });

  test('of what is no OTLP says where it ends', () => {
    const whole = logsBytes([log, log]);
    expect(previewOf('logs', whole.subarray(0, whole.length - 5), mask)).toMatchObject({ isWhole: false, fault: /./ });
    expect(previewOf('logs', Buffer.from('hello'), mask).fault).toContain('no OTLP from byte');
  });
});

describe('the number of items', () => {
  test('is that of spans, records and points', () => {
    expect(countItems('traces', traceBytes([span, span]))).toBe(2);
    expect(countItems('logs', Buffer.concat([logsBytes([log]), logsBytes([log, log])]))).toBe(3);
    expect(countItems('metrics', metricsBytes([metric, metric]))).toBe(4);
    expect(countItems('logs', new Uint8Array(0))).toBe(0);
  });

  test('is unknown of what is no protobuf', () => {
    expect(countItems('logs', Buffer.from('hello'))).toBeUndefined();
  });
});
