import { encodeMessage } from '../../../src/model/otlp/encode.ts';
import { type Plain } from '../../../src/model/otlp/plain-message.ts';
import { attributes, type Attributes, metricsRequest } from '../../../src/testing/telemetry-builder.ts';
import type { SeriesModel } from '../series/model.ts';
import { latencyBounds } from './latency-buckets.ts';
import { doubleMark, markOf, patchBody, type PatchedBody } from './patched-body.ts';

/** A stream as it is named on the wire. */
export interface StreamName {
  readonly metric: string;
  readonly form: SeriesModel['form'];
  readonly unit: string;
  readonly attributes: Attributes;
}

/** One request of one instance: a point of each of its streams, all of the same time. */
export interface MetricBody {
  readonly bytes: Uint8Array;
  /** When the points were taken, and when the instance started. */
  times(timeMs: number, startMs: number): void;
  /** A gauge, or a sum so far. */
  value(stream: number, value: number): void;
  /** A histogram so far. */
  histogram(
    stream: number,
    soFar: { readonly count: number; readonly sum: number; readonly buckets: Float64Array },
  ): void;
}

const TIME = 0;
const START = 1;
const FIRST_STREAM = 2;
/** Marks of one stream: value or sum, count, and as many buckets as there may be. */
const PER_STREAM = 32;

export function createMetricBody(resource: Attributes, streams: readonly StreamName[]): MetricBody {
  const metrics = streams.map(metricOf);
  const body = patchBody(encodeMessage('ExportMetricsServiceRequest', metricsRequest(metrics, { resource })));
  const placeOf = (stream: number, field: number): number => placeIn(body, FIRST_STREAM + stream * PER_STREAM + field);
  const places = streams.map((_stream, index) => placeOf(index, 0));
  const histograms = streams.map(({ form }, index) =>
    form === 'latency'
      ? {
          count: placeOf(index, 1),
          buckets: Array.from({ length: latencyBounds.length + 1 }, (_, i) => placeOf(index, 2 + i)),
        }
      : undefined,
  );
  return {
    bytes: body.bytes,
    times(timeMs, startMs) {
      body.nano(markOf(TIME), timeMs);
      body.nano(markOf(START), startMs);
    },
    value: (stream, value) => body.double(places[stream] as number, value),
    histogram(stream, { count, sum, buckets }) {
      const found = histograms[stream];
      if (found === undefined) throw new Error(`stream ${stream} is no histogram`);
      body.double(places[stream] as number, sum);
      body.integer(found.count, count);
      found.buckets.forEach((place, bucket) => body.integer(place, buckets[bucket] as number));
    },
  };
}

function placeIn(body: PatchedBody, number: number): number {
  const [place, ...others] = body.placesOf(markOf(number));
  if (place === undefined || others.length > 0) throw new Error('a mark stands not once in the body');
  return place;
}

function metricOf({ metric: name, form, unit, attributes: values }: StreamName, index: number): Plain<'Metric'> {
  const first = FIRST_STREAM + index * PER_STREAM;
  const timeUnixNano = String(markOf(TIME));
  const point = { timeUnixNano, attributes: attributes(values) };
  const started = { ...point, startTimeUnixNano: String(markOf(START)) };
  if (form === 'latency') {
    const bucketCounts = Array.from({ length: latencyBounds.length + 1 }, (_, i) => String(markOf(first + 2 + i)));
    const dataPoint = {
      ...{ ...started, count: String(markOf(first + 1)), sum: doubleMark(first) },
      ...{ bucketCounts, explicitBounds: [...latencyBounds] },
    };
    return { name, unit, histogram: { dataPoints: [dataPoint], aggregationTemporality: 2 } };
  }
  const asDouble = doubleMark(first);
  if (form !== 'count') return { name, unit, gauge: { dataPoints: [{ ...point, asDouble }] } };
  const sum = { dataPoints: [{ ...started, asDouble }], aggregationTemporality: 2, isMonotonic: true };
  return { name, unit, sum };
}
