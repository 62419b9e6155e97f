import { describe, expect, test } from '@jest/globals';
import { pointKinds, type PointColumns } from '../model/columns.ts';
import { encodeMessage } from '../model/otlp/encode.ts';
import { type Plain } from '../model/otlp/plain-message.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { decodeOptions } from '../testing/decode-options.ts';
import { builtAtMs, counter, gauge, nano } from '../testing/telemetry-builder-items.ts';
import { metricsBytes } from '../testing/telemetry-builder.ts';
import { type DecodeOptions } from './decode-options.ts';
import { createDecoder } from './decoder.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const times = { startTimeUnixNano: nano(builtAtMs - 1000), timeUnixNano: nano(builtAtMs) };

function readBytes(bytes: Uint8Array, changed: Partial<DecodeOptions> = {}): PointColumns {
  const result = createDecoder({ options: decodeOptions(changed), metrics: createSelfMetrics() }).decode(
    'metrics',
    bytes,
  );
  if (result.kind !== 'columns' || result.columns.signal !== 'metrics') throw new Error(JSON.stringify(result));
  return result.columns;
}

function read(metrics: readonly Plain<'Metric'>[], changed: Partial<DecodeOptions> = {}): PointColumns {
  return readBytes(metricsBytes(metrics), changed);
}

function run(values: Float64Array, start: Int32Array, count: Int32Array, row: number): number[] {
  return [...values.subarray(start[row], start[row]! + count[row]!)];
}

function bucketsOf(columns: PointColumns, row: number): number[] {
  return run(columns.bucketValue, columns.bucketStart, columns.bucketCount, row);
}

function boundsOf(columns: PointColumns, row: number): number[] {
  return run(columns.boundValue, columns.boundStart, columns.boundCount, row);
}

test('gauges and sums', () => {
  const columns = read([
    gauge('load', [{ value: 0.5 }], '%'),
    counter('hits', [{ value: 3, startMs: builtAtMs - 1000 }]),
    { name: 'n', sum: { dataPoints: [{ asInt: -4, flags: 1 }], aggregationTemporality: 1 } },
  ]);
  const kinds = [...columns.kind.subarray(0, 3)].map((kind) => pointKinds[kind]);
  expect(kinds).toEqual(['gauge', 'sum', 'sum']);
  expect([...columns.metricName.subarray(0, 3)].map((name) => columns.symbols.text(name))).toEqual([
    'load',
    'hits',
    'n',
  ]);
  expect(columns.symbols.text(columns.metricUnit[0]!)).toBe('%');
  expect([...columns.temporality.subarray(0, 3)]).toEqual([0, 2, 1]);
  expect([...columns.monotonic.subarray(0, 3)]).toEqual([0, 1, 0]);
  expect([...columns.value.subarray(0, 3)]).toEqual([0.5, 3, -4]);
  expect([columns.flags[2], columns.timeMs[1], columns.startNano[1]]).toEqual([
    1,
    builtAtMs,
    BigInt(builtAtMs - 1000) * 1_000_000n,
  ]);
  expect([columns.sampleCount[0], columns.min[0], columns.bucketCount[0]]).toEqual([NaN, NaN, 0]);
});

test('a point without a value has none', () => {
  expect(read([{ gauge: { dataPoints: [{ flags: 1 }] } }]).value[0]).toBeNaN();
});

test('histograms, with and without what is optional', () => {
  const full = { ...times, count: 6, sum: 12.5, bucketCounts: [1, 2, 3], explicitBounds: [5, 10], min: 0, max: 11 };
  const columns = read([{ name: 'h', histogram: { dataPoints: [full, { count: 0 }], aggregationTemporality: 2 } }]);
  expect([bucketsOf(columns, 0), boundsOf(columns, 0)]).toEqual([
    [1, 2, 3],
    [5, 10],
  ]);
  expect([columns.sampleCount[0], columns.sampleSum[0], columns.min[0], columns.max[0]]).toEqual([6, 12.5, 0, 11]);
  expect([bucketsOf(columns, 1), boundsOf(columns, 1)]).toEqual([[], []]);
  expect([columns.sampleCount[1], columns.sampleSum[1], columns.min[1], columns.max[1]]).toEqual([0, NaN, NaN, NaN]);
  expect(columns.temporality[0]).toBe(2);
});

test('exponential histograms', () => {
  const point = {
    ...times,
    count: 10,
    scale: -2,
    zeroCount: 3,
    zeroThreshold: 0.001,
    positive: { offset: -5, bucketCounts: [1, 300] },
    negative: { offset: 7, bucketCounts: [2] },
  };
  const columns = read([{ exponentialHistogram: { dataPoints: [point, {}], aggregationTemporality: 1 } }]);
  expect(bucketsOf(columns, 0)).toEqual([1, 300]);
  expect(run(columns.bucketValue, columns.negativeStart, columns.negativeCount, 0)).toEqual([2]);
  expect([columns.scale[0], columns.positiveOffset[0], columns.negativeOffset[0]]).toEqual([-2, -5, 7]);
  expect([columns.zeroCount[0], columns.zeroThreshold[0], columns.sampleCount[0]]).toEqual([3, 0.001, 10]);
  expect([columns.bucketCount[1], columns.negativeCount[1], columns.scale[1]]).toEqual([0, 0, 0]);
});

test('summaries are pairs of quantile and value', () => {
  const quantileValues = [{ quantile: 0.5, value: 10 }, { value: 3 }];
  const columns = read([{ summary: { dataPoints: [{ count: 4, sum: 20, quantileValues }, {}] } }]);
  expect([boundsOf(columns, 0), boundsOf(columns, 1)]).toEqual([[0.5, 10, 0, 3], []]);
  expect([columns.sampleCount[0], columns.sampleSum[0], columns.sampleSum[1]]).toEqual([4, 20, 0]);
});

test('exemplars lead to their traces', () => {
  const exemplars = [{ traceId, spanId: 'b7ad6b7169203331', asDouble: 1 }, { traceId: '00' }, { asInt: 1 }];
  const columns = read([
    { gauge: { dataPoints: [{ asDouble: 1, exemplars }, { asDouble: 2 }] } },
    { histogram: { dataPoints: [{ exemplars: exemplars.slice(0, 1) }] } },
  ]);
  expect([...columns.exemplarCount.subarray(0, 3)]).toEqual([1, 0, 1]);
  expect(Buffer.from(columns.exemplarTraceId.subarray(16, 32)).toString('hex')).toBe(traceId);
});

describe('the order of fields does not matter', () => {
  const name = encodeMessage('Metric', { name: 'late', unit: 's' });
  const sum = encodeMessage('Metric', {
    sum: { dataPoints: [{ asInt: 1 }], aggregationTemporality: 2, isMonotonic: true },
  });
  const gaugeOfTwo = encodeMessage('Metric', { gauge: { dataPoints: [{ asInt: 7 }, { asInt: 8 }] } });

  function metric(...parts: readonly Uint8Array[]): PointColumns {
    const joined = Buffer.concat(parts);
    const scope = Buffer.concat([Buffer.from([0x12, joined.length]), joined]);
    return readBytes(Buffer.concat([Buffer.from([0x0a, scope.length + 2, 0x12, scope.length]), scope]));
  }

  test('for what a metric says behind its points', () => {
    const columns = metric(sum, name);
    expect(columns.symbols.text(columns.metricName[0]!)).toBe('late');
    expect([columns.temporality[0], columns.monotonic[0]]).toEqual([2, 1]);
  });

  test('for points given in two parts', () => {
    const columns = metric(gaugeOfTwo, name, gaugeOfTwo);
    expect([...columns.value.subarray(0, columns.count)]).toEqual([7, 8, 7, 8]);
  });

  test('but of two kinds of data the last one counts', () => {
    const columns = metric(sum, gaugeOfTwo);
    expect([...columns.value.subarray(0, columns.count)]).toEqual([7, 8]);
    expect([columns.kind[0], columns.temporality[0], columns.monotonic[0]]).toEqual([0, 0, 0]);
  });

  test('for buckets of one side that enclose those of the other', () => {
    const part = (point: Plain<'ExponentialHistogramDataPoint'>) =>
      encodeMessage('ExponentialHistogramDataPoint', point);
    const positive = (counts: number[]) => part({ positive: { bucketCounts: counts } });
    const point = Buffer.concat([positive([1, 2]), part({ negative: { bucketCounts: [9] } }), positive([3])]);
    const data = Buffer.concat([Buffer.from([0x0a, point.length]), point]);
    const columns = metric(Buffer.concat([Buffer.from([0x52, data.length]), data]));
    expect(bucketsOf(columns, 0)).toEqual([1, 2, 3]);
    expect(run(columns.bucketValue, columns.negativeStart, columns.negativeCount, 0)).toEqual([9]);
  });
});

describe('limits', () => {
  const histogram = { count: 3, bucketCounts: [1, 1, 1], explicitBounds: [1, 2], exemplars: [{ traceId }] };

  test('a histogram that finds no room has no buckets at all, the next may', () => {
    const wide = { ...histogram, bucketCounts: [1, 2, 3, 4, 5, 6, 7], explicitBounds: [1] };
    const columns = read([{ histogram: { dataPoints: [histogram, wide, histogram] } }], { maxDetails: 6 });
    expect([0, 1, 2].map((row) => bucketsOf(columns, row))).toEqual([[1, 1, 1], [], [1, 1, 1]]);
    expect([0, 1, 2].map((row) => boundsOf(columns, row))).toEqual([[1, 2], [], [1, 2]]);
    expect([...columns.sampleCount.subarray(0, 3)]).toEqual([3, 3, 3]);
  });

  test('exemplars beyond the limit are left out', () => {
    const columns = read([{ histogram: { dataPoints: [histogram, histogram] } }], { maxDetails: 1 });
    expect([...columns.exemplarCount.subarray(0, 2)]).toEqual([1, 0]);
  });
});

test('packed numbers that do not fill their block are refused', () => {
  const point = Buffer.from('3209010203040506070809', 'hex');
  const parts = [0x0a, 0x4a, 0x12, 0x12, 0x0a];
  const request = parts.reduce((inner, tag) => Buffer.concat([Buffer.from([tag, inner.length]), inner]), point);
  const decoder = createDecoder({ options: decodeOptions(), metrics: createSelfMetrics() });
  expect(decoder.decode('metrics', request)).toMatchObject({ kind: 'malformed', reason: 'cut off within a value' });
});
