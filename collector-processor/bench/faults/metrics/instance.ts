import type { Attributes } from '../../../src/testing/telemetry-builder.ts';
import { latencyBounds, REQUEST_SPREAD, sharesAround } from '../otlp/latency-buckets.ts';
import { createMetricBody, type MetricBody } from '../otlp/metric-body.ts';
import type { Draws } from '../random-draws.ts';
import { MINUTE_MS } from '../series/season.ts';
import { observe, type ObservedAt, type Seen, type StreamSpec } from './stream.ts';

export interface InstanceParts {
  readonly draws: Draws;
  readonly resource: Attributes;
  readonly startedMs: number;
}

/** One process of a service: sums and histograms grow from its start on, and begin anew with its successor. */
export class Instance {
  private readonly streams: readonly StreamSpec[];
  private readonly parts: InstanceParts;
  private readonly sums: Float64Array;
  private readonly histograms: { count: number; sum: number; buckets: Float64Array }[];
  private readonly before: (number | undefined)[];
  private readonly sentMs: Float64Array;
  /** One for each set of streams that is sent together. */
  private readonly bodies = new Map<string, MetricBody>();
  private readonly shares = new Float64Array(latencyBounds.length + 1);

  constructor(streams: readonly StreamSpec[], parts: InstanceParts) {
    this.streams = streams;
    this.parts = parts;
    this.sums = new Float64Array(streams.length);
    this.histograms = streams.map(() => ({ count: 0, sum: 0, buckets: new Float64Array(latencyBounds.length + 1) }));
    this.before = streams.map(() => undefined);
    this.sentMs = new Float64Array(streams.length).fill(parts.startedMs);
  }

  /** The request of this minute, and what each stream shows in it; bytes are undefined when there is nothing to send. */
  emit(
    timeMs: number,
    { localMs, running }: Pick<ObservedAt, 'localMs' | 'running'>,
  ): { readonly bytes: Uint8Array | undefined; readonly seen: (Seen | undefined)[] } {
    const seen = this.streams.map((stream, index) => {
      const minutes = (timeMs - (this.sentMs[index] as number)) / MINUTE_MS;
      const one = observe(stream, { timeMs, localMs, running, minutes }, this.before[index]);
      if (one !== undefined) this.sentMs[index] = timeMs;
      return one;
    });
    const present = seen.flatMap((one, index) => (one === undefined ? [] : [index]));
    if (present.length === 0) return { bytes: undefined, seen };
    const body = this.bodyOf(present);
    body.times(timeMs, this.parts.startedMs);
    present.forEach((index, place) => this.write(body, { index, place }, seen[index] as Seen));
    return { bytes: body.bytes, seen };
  }

  private write(body: MetricBody, { index, place }: { index: number; place: number }, { value, requests }: Seen): void {
    this.before[index] = value;
    const { form } = (this.streams[index] as StreamSpec).name;
    if (form === 'latency') {
      const histogram = this.histograms[index] as (typeof this.histograms)[number];
      this.grow(histogram, value, requests);
      body.histogram(place, histogram);
      return;
    }
    if (form === 'count') this.sums[index] = (this.sums[index] as number) + value;
    body.value(place, form === 'count' ? (this.sums[index] as number) : value);
  }

  private grow(
    histogram: { count: number; sum: number; buckets: Float64Array },
    median: number,
    requests: number,
  ): void {
    sharesAround(median, this.shares);
    let count = 0;
    for (let i = 0; i <= latencyBounds.length; i++) {
      const drawn = this.parts.draws.poisson(requests * (this.shares[i] as number));
      histogram.buckets[i] = (histogram.buckets[i] as number) + drawn;
      count += drawn;
    }
    histogram.count += count;
    const chance = count === 0 ? 0 : (REQUEST_SPREAD * this.parts.draws.normal()) / Math.sqrt(count);
    histogram.sum += count * median * Math.exp(REQUEST_SPREAD ** 2 / 2) * (1 + chance);
  }

  private bodyOf(present: readonly number[]): MetricBody {
    const key = present.join();
    const known = this.bodies.get(key);
    if (known !== undefined) return known;
    const names = present.map((index) => (this.streams[index] as StreamSpec).name);
    const made = createMetricBody(this.parts.resource, names);
    this.bodies.set(key, made);
    return made;
  }
}
