import { encodeMessage } from '../../../model/otlp/encode.ts';
import type { Plain } from '../../../model/otlp/plain-message.ts';
import type { Telemetry } from '../telemetry.ts';

/** One value of one series of a source that is not OTLP. */
export interface Sample {
  readonly metric: string;
  readonly service: string;
  /** Of the point, in one order for the same series. */
  readonly labels: Readonly<Record<string, string>>;
  /** Since the epoch. */
  readonly timeMs: number;
  readonly value: number;
  /** A counter that only rises. */
  readonly isCounter: boolean;
}

const CUMULATIVE = 2;
const NANOS_PER_MS = 1_000_000n;

/** Samples as the OTLP request that would have brought them. */
export function metricRequest(samples: readonly Sample[]): Telemetry {
  const services = Map.groupBy(samples, ({ service }) => service);
  const resourceMetrics = [...services].map(([service, own]) => ({
    resource: { attributes: [attribute(['service.name', service])] },
    scopeMetrics: [{ metrics: [...Map.groupBy(own, kindOf).values()].map(metricOf) }],
  }));
  return { signal: 'metrics', protobuf: encodeMessage('ExportMetricsServiceRequest', { resourceMetrics }) };
}

function kindOf({ metric, isCounter }: Sample): string {
  return `${isCounter} ${metric}`;
}

function metricOf(samples: readonly Sample[]): Plain<'Metric'> {
  const name = samples[0]?.metric ?? '';
  const dataPoints = samples.map(({ labels, timeMs, value }) => ({
    attributes: Object.entries(labels).map(attribute),
    timeUnixNano: BigInt(Math.round(timeMs)) * NANOS_PER_MS,
    asDouble: value,
  }));
  if (samples[0]?.isCounter !== true) return { name, gauge: { dataPoints } };
  return { name, sum: { dataPoints, aggregationTemporality: CUMULATIVE, isMonotonic: true } };
}

function attribute([key, value]: readonly [string, string]): Plain<'KeyValue'> {
  return { key, value: { stringValue: value } };
}
