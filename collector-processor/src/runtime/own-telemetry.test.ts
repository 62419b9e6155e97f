import { expect, test } from '@jest/globals';
import { decodeMessage } from '../model/otlp/decode-message.ts';
import { startOtlpSink } from '../testing/otlp-sink.ts';
import { ownInstanceId } from './own-instance.ts';
import { createOwnTelemetry } from './own-telemetry.ts';
import { createSelfMetrics } from './self-metrics.ts';
import { withSpan } from './tracing.ts';

test('spans and metrics about Sentinel arrive, under its own service name', async () => {
  const sink = await startOtlpSink();
  const metrics = createSelfMetrics();
  metrics.counter({ name: 'sentinel_test_total', help: 'A test.', labels: { kind: 'a' } }).add(5);
  const endpoints = { tracesEndpoint: sink.grpcUrl, metricsEndpoint: sink.httpUrl };
  const options = { ...endpoints, tracesRatio: 1, metricsInterval: 60_000 };
  const telemetry = createOwnTelemetry({ options, version: '1.2.3', metrics });
  await telemetry.start();
  // Families that come after the start, as with a backend that a reload adds, leave too; so do histograms.
  metrics.gauge({ name: 'sentinel_test_late', help: 'Late.' }, () => 7);
  const histogram = metrics.histogram({ name: 'sentinel_test_seconds', help: 'S.' }, [1, 2]);
  for (const value of [0.5, 5]) histogram.observe(value);
  await withSpan('work', { 'sentinel.test': true }, () => Promise.resolve());
  await expect(withSpan('broken work', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await telemetry.stop();
  await sink.close();

  const traces = sink.requests.filter(({ signal }) => signal === 'traces').map(({ payload }) => payload);
  const read = traces.map((payload) => decodeMessage('ExportTraceServiceRequest', payload));
  const text = JSON.stringify(read, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  for (const expected of ['work', 'broken work', 'sentinel', '1.2.3', 'no', ownInstanceId]) {
    expect(text).toContain(`"${expected}"`);
  }
  const points = sink.requests.filter(({ signal }) => signal === 'metrics').map(({ payload }) => payload);
  const families = points.flatMap((payload) => {
    const result = decodeMessage('ExportMetricsServiceRequest', payload);
    if (result.kind === 'malformed') throw new Error(result.reason);
    const scopes = result.message.resourceMetrics?.flatMap(({ scopeMetrics = [] }) => scopeMetrics) ?? [];
    return scopes.flatMap(({ metrics: sent = [] }) => sent);
  });
  expect(families.map(({ name, description }) => `${name}: ${description}`)).toEqual([
    'sentinel_test_total: A test.',
    'sentinel_test_late: Late.',
    'sentinel_test_seconds: S.',
  ]);
  expect(families[0]?.sum).toMatchObject({
    isMonotonic: true,
    aggregationTemporality: 2,
    dataPoints: [{ asDouble: 5 }],
  });
  expect(families[1]?.gauge).toMatchObject({ dataPoints: [{ asDouble: 7 }] });
  const distribution = { count: 2n, sum: 5.5, explicitBounds: [1, 2], bucketCounts: [1n, 0n, 1n] };
  expect(families[2]?.histogram).toMatchObject({ dataPoints: [distribution] });
}, 20_000);

test('without addresses nothing is sent and nothing is loaded', async () => {
  const options = { tracesEndpoint: '', metricsEndpoint: '', tracesRatio: 1, metricsInterval: 1000 };
  const telemetry = createOwnTelemetry({ options, version: '', metrics: createSelfMetrics() });
  await telemetry.start();
  await expect(withSpan('work', {}, () => Promise.resolve(7))).resolves.toBe(7);
  await telemetry.stop();
});
