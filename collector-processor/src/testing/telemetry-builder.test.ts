import { expect, test } from '@jest/globals';
import { decodeMessage } from '../model/otlp/decode-message.ts';
import { encodePlain } from '../model/otlp/encode.ts';
import { counter, gauge, logRecord, nano, span } from './telemetry-builder-items.ts';
import { logsRequest, metricsBytes, metricsRequest, traceBytes, traceRequest } from './telemetry-builder.ts';

test('built messages are protobuf', () => {
  const spans = decodeMessage('ExportTraceServiceRequest', traceBytes([span({ endMs: 1000, attributes: { n: 1 } })]));
  expect(spans).toMatchObject({
    message: {
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }, {}, {}] },
          scopeSpans: [{ spans: [{ endTimeUnixNano: 1_000_000_000n, attributes: [{ value: { intValue: 1n } }] }] }],
        },
      ],
    },
  });
  const metrics = metricsBytes([gauge('load', [{ value: 0.5 }]), counter('hits', [{ value: 2, startMs: 1 }])]);
  expect(decodeMessage('ExportMetricsServiceRequest', metrics)).toMatchObject({ kind: 'message' });
});

test('built messages are OTLP/JSON as they stand', () => {
  const requests = [
    ['ExportTraceServiceRequest', traceRequest([span()])],
    ['ExportMetricsServiceRequest', metricsRequest([gauge('load', [{ value: 1 }])])],
    ['ExportLogsServiceRequest', logsRequest([logRecord({ attributes: { deep: { arrayValue: {} } } })])],
  ] as const;
  for (const [name, request] of requests) {
    expect(encodePlain(name, JSON.parse(JSON.stringify(request)))).toEqual(encodePlain(name, request));
  }
});

test('nanoseconds keep microseconds', () => {
  expect(nano(1_767_225_600_000.125)).toBe('1767225600000125000');
});
