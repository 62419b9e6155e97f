import { deepStrictEqual, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Series } from '../../src/model/anomaly.ts';
import type { HistoryRequest } from '../../src/model/history.ts';
import { encodeMessage } from '../../src/model/otlp/encode.ts';
import { createHistoryReader } from '../../src/publish/history/history-reader.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { aSeries } from '../../src/store/testing/builders.ts';
import { nano } from '../../src/testing/telemetry-builder-items.ts';
import { attributes } from '../../src/testing/telemetry-builder.ts';
import type { Case } from '../grafana/suite.ts';

const MINUTE_MS = 60_000;
const MINUTES = 60;
const CUMULATIVE = 2;
const DELTA = 1;

interface Asked {
  readonly name: string;
  readonly series: Partial<Series>;
  readonly counter?: HistoryRequest['counter'];
  /** What every step comes to. */
  readonly expected: number;
}

const duration = { metric: 'check.duration', unit: 's', pointKind: 'histogram' } as const;
const asked: readonly Asked[] = [
  { name: 'a gauge', series: { measure: 'value', metric: 'check.memory', unit: 'By', pointKind: 'sum' }, expected: 15 },
  { name: 'a counter', series: { measure: 'rate', metric: 'check.requests', pointKind: 'sum' }, expected: 20 },
  {
    ...{ name: 'a counter of differences', counter: 'delta', expected: 2 },
    series: { measure: 'rate', metric: 'check.events', pointKind: 'sum' },
  },
  { name: 'the rate of a histogram', series: { ...duration, measure: 'rate' }, expected: 10 },
  { name: 'the mean of a histogram', series: { ...duration, measure: 'mean' }, expected: 0.1 },
  { name: 'a quantile of a histogram', series: { ...duration, measure: 'p95' }, expected: 0.91 },
  { name: 'what was published of spans', series: { signal: 'traces', measure: 'p95', id: '' }, expected: 7 },
];

/** An hour of two instances, read back as the steps of the series that they add up to, whatever the server's naming. */
export function historyCases(url: string): Case[] {
  const service = `history-${randomBytes(4).toString('hex')}`;
  const endMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const read = createHistoryReader({
    options: { endpoint: url, headers: {}, timeout: 10_000, maxBytes: 1024 ** 2 },
    tenantHeaders: () => ({}),
    fetch,
    metrics: createSelfMetrics(),
    logger: silentLogger,
  });
  let sent: Promise<void> | undefined;
  return asked.map(({ name, series, counter = 'cumulative', expected }) => ({
    name: `history of ${name} comes back from VictoriaMetrics`,
    skip: url === '' ? 'VICTORIAMETRICS_URL is not set' : undefined,
    async run() {
      sent ??= send(url, service, endMs);
      await sent;
      const own = {
        signal: 'metrics',
        service,
        namespace: 'shop',
        environment: 'test',
        attributes: { route: '/a' },
      } as const;
      const known = aSeries({ ...own, ...series, ...(series.id === undefined ? {} : { id: service }) });
      const range = { fromMs: endMs - 30 * MINUTE_MS, toMs: endMs, stepMs: MINUTE_MS, counter };
      const outcome = await read({ series: known, ...range }, new AbortController().signal);
      if (outcome.kind !== 'values') throw new Error(JSON.stringify(outcome));
      deepStrictEqual(outcome.value.length, 31);
      deepStrictEqual(outcome.timeMs[30], endMs);
      ok(
        outcome.value.every((value) => Math.abs(value - expected) < 1e-6),
        `${expected} was expected: ${outcome.value.join()}`,
      );
    },
  }));
}

async function send(url: string, service: string, endMs: number): Promise<void> {
  const minutes = Array.from({ length: MINUTES }, (_unused, i) => i + 1);
  const startTimeUnixNano = nano(endMs - MINUTES * MINUTE_MS);
  const at = (minute: number) => ({
    startTimeUnixNano,
    timeUnixNano: nano(endMs - (MINUTES - minute) * MINUTE_MS),
    attributes: attributes({ route: '/a' }),
  });
  const sum = (aggregationTemporality: number, isMonotonic: boolean, valueOf: (minute: number) => number) => ({
    ...{ aggregationTemporality, isMonotonic },
    dataPoints: minutes.map((minute) => ({ ...at(minute), asDouble: valueOf(minute) })),
  });
  const histogram = {
    aggregationTemporality: CUMULATIVE,
    dataPoints: minutes.map((minute) => ({
      ...{ ...at(minute), count: BigInt(300 * minute), sum: 30 * minute, explicitBounds: [0.1, 1] },
      bucketCounts: [BigInt(150 * minute), BigInt(150 * minute), 0n],
    })),
  };
  const resourceMetrics = [10, 20].map((memory) => ({
    resource: {
      attributes: attributes({
        ...{ 'service.name': service, 'service.namespace': 'shop', 'deployment.environment.name': 'test' },
        'host.name': `host-${memory}`,
      }),
    },
    scopeMetrics: [
      {
        metrics: [
          { name: 'check.memory', unit: 'By', sum: sum(CUMULATIVE, false, () => memory) },
          { name: 'check.requests', unit: '{request}', sum: sum(CUMULATIVE, true, (minute) => 600 * minute) },
          { name: 'check.events', unit: '{event}', sum: sum(DELTA, true, () => 60) },
          { name: 'check.duration', unit: 's', histogram },
        ],
      },
    ],
  }));
  const scores = minutes.map((minute) => ({
    ...at(minute),
    asDouble: 7,
    attributes: attributes({ series_id: service }),
  }));
  const published = { scopeMetrics: [{ metrics: [{ name: 'y', gauge: { dataPoints: scores } }] }] };
  const body = encodeMessage('ExportMetricsServiceRequest', { resourceMetrics: [...resourceMetrics, published] });
  const headers = { 'content-type': 'application/x-protobuf' };
  const response = await fetch(`${url}/opentelemetry/v1/metrics`, { method: 'POST', body: Buffer.from(body), headers });
  ok(response.ok, await response.text());
  await fetch(`${url}/internal/force_flush`);
}
