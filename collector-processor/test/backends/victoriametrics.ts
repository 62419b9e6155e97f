import { nano } from '../../src/testing/telemetry-builder-items.ts';
import { attributes } from '../../src/testing/telemetry-builder.ts';
import type { BackendUnderTest, Marks } from './read-back.ts';

const REQUESTS = 5;
const SERIES = 10;
const BOUNDS = [1, 10];
const COUNTS = [2, 3, 5];
const startedMs = Date.now() - 60_000;

const timeOf = (item: number) => startedMs + item * 1000;
const valueOf = (item: number) => item * 1.5 + 0.25;

/** Gauges, cumulative sums and histograms, each series with one point. */
function request({ run, form }: Marks, part: number): unknown {
  const items = Array.from({ length: SERIES }, (_unused, index) => part * SERIES + index);
  const point = (item: number) => ({
    startTimeUnixNano: nano(startedMs - 1000),
    timeUnixNano: nano(timeOf(item)),
    attributes: attributes({ check_run: run, check_form: form, check_item: String(item) }),
  });
  const gauge = { dataPoints: items.map((item) => ({ ...point(item), asDouble: valueOf(item) })) };
  const sum = {
    dataPoints: items.map((item) => ({ ...point(item), asInt: String(item) })),
    aggregationTemporality: 2,
    isMonotonic: true,
  };
  const histogram = {
    dataPoints: items.map((item) => ({
      ...point(item),
      count: '10',
      sum: valueOf(item),
      bucketCounts: COUNTS.map(String),
      explicitBounds: BOUNDS,
    })),
    aggregationTemporality: 2,
  };
  const metrics = [
    { name: 'sentinel_check_gauge', gauge },
    { name: 'sentinel_check_sum', sum },
    { name: 'sentinel_check_histogram', histogram },
  ];
  const resource = { attributes: attributes({ 'service.name': 'sentinel-check' }) };
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'check' }, metrics }] }] };
}

function expected(): string[] {
  return Array.from({ length: REQUESTS * SERIES }, (_unused, item) => {
    const line = (name: string, value: number, le = '') => `${name} item=${item} le=${le} ${value} @${timeOf(item)}`;
    const cumulative = [2, 5, 10];
    return [
      line('gauge', valueOf(item)),
      line('sum', item),
      line('histogram_count', 10),
      line('histogram_sum', valueOf(item)),
      ...[...BOUNDS.map(String), '+Inf'].map((le, index) => line('histogram_bucket', cumulative[index] ?? 0, le)),
    ];
  }).flat();
}

interface ExportLine {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  readonly timestamps: readonly number[];
}

async function stored(url: string, { run, form }: Marks): Promise<string[]> {
  // New series become searchable after up to ten seconds, or when told to.
  await fetch(`${url}/internal/force_flush`);
  const query = new URLSearchParams({
    'match[]': `{check_run="${run}",check_form="${form}"}`,
    start: String(Math.floor(startedMs / 1000) - 60),
  });
  const response = await fetch(`${url}/api/v1/export?${query.toString()}`);
  if (!response.ok) throw new Error(`VictoriaMetrics: HTTP ${response.status} ${await response.text()}`);
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  return lines.flatMap((line) => {
    const { metric, values, timestamps } = JSON.parse(line) as ExportLine;
    // With its Prometheus naming switched on, VictoriaMetrics writes `_total` behind the names of counters.
    const name = (metric.__name__ ?? '').replace('sentinel_check_', '').replace(/_total$/, '');
    return values.map(
      (value, index) =>
        `${name} item=${metric.check_item ?? ''} le=${metric.le ?? ''} ${value} @${timestamps[index] ?? 0}`,
    );
  });
}

/** Metrics: every sample with value and time from `/api/v1/export`. */
export function victoriaMetrics(url: string): BackendUnderTest {
  return {
    name: 'victoriametrics',
    signal: 'metrics',
    ...(url === '' ? {} : { settings: { endpoint: url } }),
    missing: 'VICTORIAMETRICS_URL is not set',
    requests: (marks) => Array.from({ length: REQUESTS }, (_unused, part) => request(marks, part)),
    expected,
    stored: (marks) => stored(url, marks),
    empty: { resourceMetrics: [{ resource: { attributes: [] }, scopeMetrics: [] }] },
  };
}
