import { decodeMessage } from '../../../model/otlp/decode-message.ts';
import type { Decoded } from '../../../model/otlp/plain-message.ts';
import type { Telemetry } from '../telemetry.ts';

export interface ReadPoint {
  readonly service: string | undefined;
  readonly metric: string | undefined;
  readonly isCounter: boolean;
  readonly labels: string;
  readonly timeMs: number;
  readonly value: number | undefined;
}

/** The points of metric requests, one after the other. */
export async function readPoints(requests: AsyncIterable<Telemetry>): Promise<ReadPoint[]> {
  const points: ReadPoint[] = [];
  for await (const { protobuf } of requests) {
    const result = decodeMessage('ExportMetricsServiceRequest', protobuf);
    if (result.kind === 'malformed') throw new Error(result.reason);
    points.push(...(result.message.resourceMetrics ?? []).flatMap(pointsOf));
  }
  return points;
}

function pointsOf({ resource, scopeMetrics = [] }: Decoded<'ResourceMetrics'>): ReadPoint[] {
  const service = resource?.attributes?.[0]?.value?.stringValue;
  const metrics = scopeMetrics.flatMap(({ metrics: own = [] }) => own);
  return metrics.flatMap(({ name: metric, gauge, sum }) =>
    ((sum ?? gauge)?.dataPoints ?? []).map(({ attributes = [], timeUnixNano = 0n, asDouble: value }) => ({
      ...{ service, metric, value, isCounter: sum?.isMonotonic === true },
      labels: attributes.map(({ key, value: label }) => `${key}=${label?.stringValue}`).join(' '),
      timeMs: Number(timeUnixNano / 1_000_000n),
    })),
  );
}
