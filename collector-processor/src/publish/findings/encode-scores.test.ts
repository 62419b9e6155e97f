import { expect, test } from '@jest/globals';
import type { ScoredBucket } from '../../model/anomaly.ts';
import { decodeMessage } from '../../model/otlp/decode-message.ts';
import { encodeMessage } from '../../model/otlp/encode.ts';
import type { Decoded, Plain } from '../../model/otlp/plain-message.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import { encodeLabels, encodeScores } from './encode-scores.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const FINDING = '4bf92f3577b34da6a3ce929d0e0e4736';
const attributes = [{ key: 'for', value: { stringValue: 'span_p95' } }];
const labels = encodeLabels(attributes);
const nanos = BigInt(NOON) * 1_000_000n;

function aBucket(part: Partial<ScoredBucket> = {}): ScoredBucket {
  return {
    series: aSeries(),
    timeMs: NOON,
    stepMs: 10_000,
    value: 7,
    score: 1.5,
    expected: 4,
    lower: 3,
    upper: 5,
    exampleTraceIds: [],
    ...part,
  };
}

function read(buckets: readonly ScoredBucket[], names: Parameters<typeof encodeScores>[1], findingId?: string) {
  const bytes = encodeScores(
    buckets.map((bucket) => ({ bucket, labels, findingId })),
    names,
  );
  const result = decodeMessage('ExportMetricsServiceRequest', bytes);
  if (result.kind !== 'message') throw new Error(result.reason);
  return result.message;
}

function metricsOf(request: Decoded<'ExportMetricsServiceRequest'>) {
  return request.resourceMetrics?.[0]?.scopeMetrics?.[0]?.metrics ?? [];
}

function pointsOf(request: Decoded<'ExportMetricsServiceRequest'>) {
  return metricsOf(request)[0]?.gauge?.dataPoints ?? [];
}

/** What the general encoder makes of the same request. */
function throughGeneralEncoder(message: Plain<'ExportMetricsServiceRequest'>) {
  const result = decodeMessage('ExportMetricsServiceRequest', encodeMessage('ExportMetricsServiceRequest', message));
  return result.kind === 'message' ? result.message : result;
}

test('points are the same messages that the general encoder writes', () => {
  const exemplar = { timeUnixNano: nanos, asDouble: 1.5, traceId: TRACE };
  const expected = {
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'anomaly_score',
                description: 'How odd the bucket was; 1 is the border of notice.',
                gauge: { dataPoints: [{ timeUnixNano: nanos, asDouble: 1.5, attributes, exemplars: [exemplar] }] },
              },
              {
                name: 'yhat',
                description: 'What was expected.',
                gauge: { dataPoints: [{ timeUnixNano: nanos, asDouble: 4, attributes }] },
              },
            ],
          },
        ],
      },
    ],
  };
  expect(read([aBucket({ exampleTraceIds: [TRACE] })], ['anomaly_score', 'yhat'])).toEqual(
    throughGeneralEncoder(expected),
  );
});

test('while a finding is open its own trace is the first exemplar, and all of them name it', () => {
  const [point] = pointsOf(read([aBucket({ exampleTraceIds: [TRACE] })], ['anomaly_score'], FINDING));
  expect(point?.exemplars?.map(({ traceId = [] }) => Buffer.from(traceId).toString('hex'))).toEqual([FINDING, TRACE]);
  const named = [{ key: 'sentinel.finding.id', value: { stringValue: FINDING } }];
  expect(point?.exemplars?.map((exemplar) => exemplar.filteredAttributes)).toEqual([named, named]);
});

test('neither a resource nor a scope is written, because stores make labels of them', () => {
  const [resourceMetrics] = read([aBucket()], ['yhat']).resourceMetrics ?? [];
  expect(Object.keys(resourceMetrics ?? {})).toEqual(['scopeMetrics']);
  expect(Object.keys(resourceMetrics?.scopeMetrics?.[0] ?? {})).toEqual(['metrics']);
});

test('every name reads its own value, and a band that is open or missing has no point', () => {
  const names = ['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper', 'y'] as const;
  const bucket = aBucket({ lower: Number.NaN, upper: Number.POSITIVE_INFINITY });
  const metrics = metricsOf(read([bucket], names));
  expect(metrics.map(({ name, gauge }) => [name, gauge?.dataPoints?.map((point) => point.asDouble)])).toEqual([
    ['anomaly_score', [1.5]],
    ['yhat', [4]],
    ['yhat_lower', undefined],
    ['yhat_upper', undefined],
    ['y', [7]],
  ]);
});

test('lengths of several bytes are right', () => {
  const buckets = Array.from({ length: 3000 }, (_unused, index) => aBucket({ timeMs: NOON + index }));
  const points = pointsOf(read(buckets, ['yhat']));
  expect(points).toHaveLength(3000);
  expect(points[2999]).toEqual({ timeUnixNano: nanos + 2_999_000_000n, asDouble: 4, attributes });
});

test('what is no trace id is no exemplar', () => {
  const bucket = aBucket({ exampleTraceIds: ['', 'xyz', '0'.repeat(31)] });
  const [point] = pointsOf(read([bucket], ['anomaly_score']));
  expect(point?.exemplars).toBeUndefined();
});
