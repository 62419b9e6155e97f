import { encodeMessage } from '../../src/model/otlp/encode.ts';
import { type Plain } from '../../src/model/otlp/plain-message.ts';
import { type Signal } from '../../src/model/signal.ts';
import { attributes, logsRequest, metricsRequest, traceRequest } from '../../src/testing/telemetry-builder.ts';
import { bucketsOf } from './known-fingerprints.ts';
import {
  histogramBounds,
  type Known,
  knownLogs,
  knownPoints,
  type KnownPoints,
  knownSpans,
  metricNames,
} from './known-items.ts';

const timeUnixNano = 1_767_225_600_000_000_000n;

/** The known items as one OTLP request, for a sender that only passes on what it is given, such as the Collector. */
export function knownRequest(signal: Signal, known: Known): Uint8Array {
  const source = { resource: { 'service.name': known.service } };
  switch (signal) {
    case 'traces':
      return encodeMessage('ExportTraceServiceRequest', traceRequest(spans(known), source));
    case 'metrics':
      return encodeMessage('ExportMetricsServiceRequest', metricsRequest(metrics(knownPoints(known)), source));
    case 'logs':
      return encodeMessage('ExportLogsServiceRequest', logsRequest(logs(known), source));
  }
}

function spans(known: Known): Plain<'Span'>[] {
  return knownSpans(known).map(({ startNano, endNano, isError, event, attributes: values, ...span }) => ({
    ...span,
    startTimeUnixNano: startNano,
    endTimeUnixNano: endNano,
    status: isError ? { code: 2 } : {},
    events: [{ name: event.name, timeUnixNano: event.timeNano }],
    attributes: attributes(values),
  }));
}

function logs(known: Known): Plain<'LogRecord'>[] {
  return knownLogs(known).map(({ timeNano, isError, body, attributes: values }) => ({
    severityNumber: isError ? 17 : 9,
    severityText: isError ? 'ERROR' : 'INFO',
    timeUnixNano: timeNano,
    body: { stringValue: body },
    attributes: attributes(values),
  }));
}

function metrics(points: readonly KnownPoints[]): Plain<'Metric'>[] {
  const common = points.map((point) => ({ timeUnixNano, attributes: attributes(point.attributes) }));
  const numbers = (value: (point: KnownPoints) => number) =>
    points.map((point, index) => ({ ...common[index], asDouble: value(point) }));
  const cumulative = { aggregationTemporality: 2 };
  return [
    { name: metricNames.gauge, gauge: { dataPoints: numbers(({ gauge }) => gauge) } },
    {
      name: metricNames.counter,
      sum: { ...cumulative, isMonotonic: true, dataPoints: numbers(({ added }) => added) },
    },
    {
      name: metricNames.histogram,
      histogram: {
        ...cumulative,
        dataPoints: points.map(({ recorded }, index) => ({
          ...common[index],
          count: recorded.length,
          sum: recorded.reduce((sum, value) => sum + value, 0),
          min: Math.min(...recorded),
          max: Math.max(...recorded),
          explicitBounds: histogramBounds,
          bucketCounts: bucketsOf(recorded),
        })),
      },
    },
  ];
}
