import { describe, expect, test } from '@jest/globals';
import { encodeMessage } from '../model/otlp/encode.ts';
import { type Signal } from '../model/signal.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { decodeOptions } from '../testing/decode-options.ts';
import { counter, gauge, logRecord, span } from '../testing/telemetry-builder-items.ts';
import { logsRequest, metricsRequest, traceRequest } from '../testing/telemetry-builder.ts';
import { createDecoder } from './decoder.ts';
import { transcode } from './transcode.ts';

function fromJson(signal: Signal, value: unknown) {
  return transcode(signal, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
}

describe('OTLP/JSON is the protobuf message that it stands for', () => {
  test('traces', () => {
    const request = traceRequest([span({ attributes: { a: 1, b: [1.5].length, c: true, d: 'text' }, flags: 257 })]);
    expect(fromJson('traces', request)).toEqual({
      kind: 'protobuf',
      bytes: encodeMessage('ExportTraceServiceRequest', request),
    });
  });

  test('metrics', () => {
    const request = metricsRequest([gauge('load', [{ value: 0.5 }]), counter('hits', [{ value: 2, startMs: 1000 }])]);
    expect(fromJson('metrics', request)).toEqual({
      kind: 'protobuf',
      bytes: encodeMessage('ExportMetricsServiceRequest', request),
    });
  });

  test('logs', () => {
    const request = logsRequest([
      logRecord({ body: { kvlistValue: { values: [{ key: 'k', value: { intValue: '7' } }] } } }),
    ]);
    expect(fromJson('logs', request)).toEqual({
      kind: 'protobuf',
      bytes: encodeMessage('ExportLogsServiceRequest', request),
    });
  });

  test('so that both give the same columns', () => {
    const request = traceRequest([span({ name: 'GET /été' }), span({ attributes: { 'http.route': '/cart' } })]);
    const json = fromJson('traces', request);
    if (json.kind === 'malformed') throw new Error(json.reason);
    const rows = [json.bytes, encodeMessage('ExportTraceServiceRequest', request)].map((bytes) => {
      const decoder = createDecoder({ options: decodeOptions(), metrics: createSelfMetrics() });
      const result = decoder.decode('traces', bytes);
      if (result.kind !== 'columns' || result.columns.signal !== 'traces') throw new Error('refused');
      const { columns } = result;
      return {
        names: [...columns.name.subarray(0, 2)],
        ids: [...columns.traceId.subarray(0, 32)],
        ends: [...columns.endNano.subarray(0, 2)],
      };
    });
    expect(rows[0]).toEqual(rows[1]);
  });
});

test('names of the proto file, names of enumerations, and 64 bits as text or number are understood', () => {
  const written = `{"resource_spans":[{"scope_spans":[{"spans":[{
    "trace_id":"0AF7651916CD43DD8448EB211C80319C","start_time_unix_nano":"1767225600000000001",
    "endTimeUnixNano":1767225600000000000,"kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_ERROR"},"novel":{"a":[1]}
  }]}]}]}`;
  const meant = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    startTimeUnixNano: 1767225600000000001n,
    endTimeUnixNano: 1767225600000000000n,
    kind: 3,
    status: { code: 2 },
  };
  const bytes = encodeMessage('ExportTraceServiceRequest', { resourceSpans: [{ scopeSpans: [{ spans: [meant] }] }] });
  expect(fromJson('traces', written)).toEqual({ kind: 'protobuf', bytes });
});

test('an empty object is an empty request', () => {
  expect(fromJson('logs', '{}')).toEqual({ kind: 'protobuf', bytes: new Uint8Array(0) });
});

test('a byte order mark is no fault', () => {
  expect(fromJson('logs', '\u{FEFF}{}')).toMatchObject({ kind: 'protobuf' });
});

describe('what is no request is refused, with the path', () => {
  test.each([
    ['null', 'expected an object at the top'],
    ['[]', 'expected an object at the top'],
    ['{"resourceLogs":{}}', 'expected a list at resourceLogs'],
    [
      '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{},{"traceId":"zz"}]}]}]}',
      'expected an id in hex digits at resourceLogs[0].scopeLogs[0].logRecords[1].traceId',
    ],
    [
      '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"18446744073709551616"}]}]}]}',
      'expected a whole number of 64 bits at resourceLogs[0].scopeLogs[0].logRecords[0].timeUnixNano',
    ],
    [
      '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"bytesValue":"%%"}}]}]}]}',
      'expected bytes in base64 at resourceLogs[0].scopeLogs[0].logRecords[0].body.bytesValue',
    ],
  ])('%s', (json, reason) => {
    expect(fromJson('logs', json)).toEqual({ kind: 'malformed', reason });
  });

  test.each([
    ['no JSON at all', Buffer.from('{"resourceLogs":')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['nothing', Buffer.alloc(0)],
  ])('%s', (_, bytes) => {
    expect(transcode('logs', bytes)).toMatchObject({ kind: 'malformed' });
  });

  test('a body nested without end', () => {
    const open = '{"arrayValue":{"values":['.repeat(50_000);
    const close = ']}}'.repeat(50_000);
    const result = fromJson('logs', `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${open}${close}}]}]}]}`);
    expect(result).toMatchObject({ kind: 'malformed' });
    expect('reason' in result && result.reason.startsWith('nested deeper than 100 messages at resourceLogs[0]')).toBe(
      true,
    );
  });
});

test('hostile keys change nothing', () => {
  const result = fromJson(
    'logs',
    '{"__proto__":{"resourceLogs":[{}]},"constructor":{"prototype":{"polluted":true}},"resourceLogs":[]}',
  );
  expect(result).toEqual({ kind: 'protobuf', bytes: new Uint8Array(0) });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
