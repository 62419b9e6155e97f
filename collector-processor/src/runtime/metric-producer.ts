import type { HrTime } from '@opentelemetry/api';
import type { DataPoint, Histogram, MetricData, MetricDescriptor, MetricProducer } from '@opentelemetry/sdk-metrics';
import type { Distribution, MetricFamily, MetricPoint, SelfMetrics } from './self-metrics.ts';

/** Own metrics as the SDK's readers want them: every family that exists when they ask, cumulative since it began. */
export async function createMetricProducer(
  metrics: SelfMetrics,
  scope: { readonly name: string },
): Promise<MetricProducer> {
  const { AggregationTemporality, DataPointType } = await import('@opentelemetry/sdk-metrics');
  const { emptyResource } = await import('@opentelemetry/resources');
  const { ValueType } = await import('@opentelemetry/api');

  function metricData(family: MetricFamily, nowMs: number): MetricData {
    const descriptor: MetricDescriptor = {
      name: family.name,
      description: family.help,
      unit: '',
      valueType: ValueType.DOUBLE,
    };
    const cumulative = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE };
    if (family.type === 'histogram') {
      const dataPoints = family.points.flatMap((point) => histogramPoint(point, nowMs));
      return { ...cumulative, dataPointType: DataPointType.HISTOGRAM, dataPoints };
    }
    const dataPoints = family.points.flatMap((point) => numberPoint(point, nowMs));
    if (family.type === 'gauge') return { ...cumulative, dataPointType: DataPointType.GAUGE, dataPoints };
    return { ...cumulative, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints };
  }

  return {
    collect() {
      const nowMs = Date.now();
      const scopeMetrics = [{ scope, metrics: metrics.families().map((family) => metricData(family, nowMs)) }];
      return Promise.resolve({ resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] });
    },
  };
}

function numberPoint({ labels, value, sinceMs }: MetricPoint, nowMs: number): DataPoint<number>[] {
  if (typeof value !== 'number') return [];
  return [{ startTime: hrTime(sinceMs), endTime: hrTime(nowMs), attributes: { ...labels }, value }];
}

function histogramPoint({ labels, value, sinceMs }: MetricPoint, nowMs: number): DataPoint<Histogram>[] {
  if (typeof value === 'number') return [];
  const point = { startTime: hrTime(sinceMs), endTime: hrTime(nowMs), attributes: { ...labels } };
  return [{ ...point, value: histogramOf(value) }];
}

function histogramOf({ bounds, counts, sum }: Distribution): Histogram {
  const count = counts.reduce((total, one) => total + one, 0);
  return { buckets: { boundaries: [...bounds], counts: [...counts] }, sum, count };
}

function hrTime(ms: number): HrTime {
  return [Math.trunc(ms / 1000), Math.round((ms % 1000) * 1e6)];
}
