import { describe, expect, test } from '@jest/globals';
import { spanAttributes, type SpanColumns } from '../model/columns.ts';
import { type Plain } from '../model/otlp/plain-message.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { decodeOptions } from '../testing/decode-options.ts';
import { span } from '../testing/telemetry-builder-items.ts';
import { type Attributes, attributes, traceBytes } from '../testing/telemetry-builder.ts';
import { createDecoder } from './decoder.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const otherTraceId = 'ffffffffffffffffffffffffffffff01';

function read(spans: readonly Plain<'Span'>[], sampleRateAttribute = ''): SpanColumns {
  const decoder = createDecoder({ options: decodeOptions({ sampleRateAttribute }), metrics: createSelfMetrics() });
  const result = decoder.decode('traces', traceBytes(spans));
  if (result.kind !== 'columns' || result.columns.signal !== 'traces') throw new Error('refused');
  return result.columns;
}

function id(column: Uint8Array, row: number, length: number): string {
  return Buffer.from(column.subarray(row * length, (row + 1) * length)).toString('hex');
}

test('ids, times and numbers keep all their bits', () => {
  const columns = read([
    { ...span({ kind: 5, flags: 0xfffffff1, status: { code: 2, message: 'no' } }), parentSpanId: '00f067aa0ba902b7' },
    { startTimeUnixNano: '1767225600000000001', endTimeUnixNano: '1767225600000000999' },
  ]);
  expect([id(columns.traceId, 0, 16), id(columns.spanId, 0, 8), id(columns.parentSpanId, 0, 8)]).toEqual([
    traceId,
    'b7ad6b7169203331',
    '00f067aa0ba902b7',
  ]);
  expect([columns.kind[0], columns.statusCode[0], columns.flags[0]]).toEqual([5, 2, 0xfffffff1]);
  expect([columns.startNano[1], columns.endNano[1], columns.durationNs[1]]).toEqual([
    1767225600000000001n,
    1767225600000000999n,
    998,
  ]);
  expect(columns.endMs[0]).toBe(1767225600000);
  expect(columns.endMs[1]).toBeCloseTo(1767225600000.001, 3);
});

test('ids of another length count as none', () => {
  const columns = read([span({ traceId: 'ab', spanId: 'ab'.repeat(9) })]);
  expect([id(columns.traceId, 0, 16), id(columns.spanId, 0, 8)]).toEqual(['0'.repeat(32), '0'.repeat(16)]);
});

test.each([
  ['no start', { endTimeUnixNano: '5' }],
  ['no end', { startTimeUnixNano: '5' }],
  ['an end before the start', { startTimeUnixNano: '5', endTimeUnixNano: '4' }],
])('a span with %s has no duration', (_, times) => {
  expect(read([times]).durationNs[0]).toBeNaN();
});

test('kinds and codes that a column cannot hold are 0', () => {
  const columns = read([{ kind: 256, status: { code: -1 } }]);
  expect([columns.kind[0], columns.statusCode[0]]).toEqual([0, 0]);
});

describe('projected attributes', () => {
  function projected(values: Attributes): Record<string, string> {
    const columns = read([span({ attributes: values })]);
    const texts = spanAttributes.map((name, i) => [name, columns.symbols.text(columns.projected[i]!)] as const);
    return Object.fromEntries(texts.filter(([, text]) => text !== ''));
  }

  test('each has its own column', () => {
    const values = Object.fromEntries(spanAttributes.map((name) => [name, `value of ${name}`]));
    expect(projected(values)).toEqual(values);
  });

  test('numbers and booleans become text', () => {
    expect(
      projected({
        'http.response.status_code': 503,
        'server.address': 70_000,
        'error.type': true,
        'db.namespace': 0.5,
      }),
    ).toEqual({
      'http.response.status_code': '503',
      'server.address': '70000',
      'error.type': 'true',
      'db.namespace': '0.5',
    });
    expect(projected({ 'rpc.method': { intValue: -1 } })).toEqual({ 'rpc.method': '-1' });
  });

  test('lists, maps, bytes and nothing are absent', () => {
    const list = { arrayValue: { values: [{ stringValue: 'a' }] } };
    expect(projected({ 'http.route': list, 'db.system': {}, 'rpc.service': { bytesValue: 'AQ==' } })).toEqual({});
  });

  test('names that only look alike are not taken', () => {
    expect(projected({ 'http.routs': 'a', 'xttp.route': 'b', 'HTTP.ROUTE': 'c', 'http.route ': 'd', h: 'e' })).toEqual(
      {},
    );
  });

  test('of a name given twice the last value counts', () => {
    const twice = [...attributes({ 'http.route': '/a' }), ...attributes({ 'http.route': '/b' })];
    const columns = read([{ attributes: twice }]);
    expect(columns.symbols.text(columns.projected[0]!)).toBe('/b');
  });

  test('long values and long keys are read too', () => {
    const long = 'x'.repeat(200);
    expect(projected({ [`http.${long}`]: long, 'http.route': long })).toEqual({ 'http.route': long });
  });
});

test('sessions are hashed, the same ones alike', () => {
  const sessions = ['s1', 's2', 's1', ''].map((session) => span({ attributes: { 'session.id': session } }));
  const [a, b, again, none] = read([...sessions, span()]).visitorHash;
  expect(again).toBe(a);
  expect(b).not.toBe(a);
  expect(none).toBe(0);
});

test('links lead to their traces, broken ones are left out', () => {
  const link = (trace: string) => ({ traceId: trace, spanId: '00f067aa0ba902b7', attributes: attributes({ a: 1 }) });
  const columns = read([
    span(),
    { links: [link(traceId), link('00'), link(otherTraceId)] },
    { links: [link(traceId)] },
  ]);
  expect([...columns.linkCount.subarray(0, 3)]).toEqual([0, 2, 1]);
  expect([...columns.linkStart.subarray(1, 3)]).toEqual([0, 2]);
  expect([0, 1, 2].map((row) => id(columns.linkTraceId, row, 16))).toEqual([traceId, otherTraceId, traceId]);
  expect(id(columns.linkSpanId, 1, 8)).toBe('00f067aa0ba902b7');
});

test('exceptions are counted and the first type is kept, whatever the order of fields', () => {
  const exception = (type: string) => ({ name: 'exception', attributes: attributes({ 'exception.type': type }) });
  const columns = read([
    { events: [{ name: 'retry', attributes: attributes({ 'exception.type': 'No' }) }, exception('A'), exception('B')] },
    { events: [{ name: 'exception' }] },
    span(),
  ]);
  expect([...columns.exceptionCount.subarray(0, 3)]).toEqual([2, 1, 0]);
  expect([...columns.exceptionType.subarray(0, 3)].map((symbol) => columns.symbols.text(symbol))).toEqual([
    'A',
    '',
    '',
  ]);
});

describe('the weight of a sampled span', () => {
  const rated = (rate: Attributes[string], traceState = '') => span({ traceState, attributes: { SampleRate: rate } });

  test('comes from tracestate', () => {
    const columns = read([span({ traceState: 'ot=th:c' }), span({ traceState: 'ot=th:0' }), span()]);
    expect([...columns.weight.subarray(0, 3)]).toEqual([4, 1, 1]);
    expect([...columns.weightStated.subarray(0, 3)]).toEqual([1, 1, 0]);
  });

  test('comes from an attribute where the settings name one, and tracestate overrules it', () => {
    const columns = read([rated(10), rated('20'), rated(2.5), rated(10, 'ot=th:8')], 'SampleRate');
    expect([...columns.weight.subarray(0, 4)]).toEqual([10, 20, 2.5, 2]);
    expect(read([rated(10)]).weight[0]).toBe(1);
  });

  test.each([0, -5, 'often', true, NaN, Infinity])('is not believed when the attribute says %s', (rate) => {
    const value = typeof rate === 'number' && !Number.isInteger(rate) ? { doubleValue: rate } : rate;
    const columns = read([rated(value)], 'SampleRate');
    expect([columns.weight[0], columns.weightStated[0]]).toEqual([1, 0]);
  });
});
