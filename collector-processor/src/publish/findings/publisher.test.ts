import { describe, expect, test } from '@jest/globals';
import type { ScoredBucket } from '../../model/anomaly.ts';
import { ownInstanceId } from '../../runtime/own-instance.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import {
  EXAMPLE,
  FINDING,
  finding,
  hex,
  openPublisher,
  recordsOf,
  requests,
  spansOf,
  valuesOf,
} from './testing/publisher-bench.ts';

const bucket: ScoredBucket = {
  series: aSeries({ tenant: 'blue' }),
  timeMs: NOON,
  stepMs: 10_000,
  value: 1,
  score: 1.5,
  expected: 1,
  lower: 0,
  upper: 2,
  exampleTraceIds: [],
};

describe('records', () => {
  test('tell what was found, of which service, in the trace of the finding', async () => {
    const bench = await openPublisher();
    const { publisher } = bench;
    publisher.anomaly({ kind: 'opened', anomaly: finding() });
    const { resourceLogs, records } = await recordsOf(bench);
    expect(valuesOf(resourceLogs[0]?.resource?.attributes)).toEqual({
      'service.name': 'sentinel',
      'service.version': '1.2.3',
      'service.instance.id': ownInstanceId,
    });
    const [record] = records;
    expect(record).toMatchObject({
      eventName: 'sentinel.finding',
      severityNumber: 13,
      severityText: 'WARN',
      body: { stringValue: 'Error ratio of checkout rose to 14.2%; expected 0.1% to 0.9%.' },
      timeUnixNano: BigInt(NOON + 60_000) * 1_000_000n,
    });
    expect([hex(record?.traceId), hex(record?.spanId)]).toEqual([FINDING, FINDING.slice(0, 16)]);
    expect(valuesOf(record?.attributes)).toMatchObject({
      'sentinel.finding.id': FINDING,
      'sentinel.finding.event': 'opened',
      'sentinel.finding.border': 'notice',
      'sentinel.finding.score': 8.3,
      'sentinel.finding.observed': 0.142,
      'sentinel.finding.example_trace_id': EXAMPLE,
      'sentinel.service.name': 'checkout',
      'sentinel.series.measure': 'error_ratio',
      'sentinel.series.operation': 'POST /orders',
    });
  });

  test('come at the opening, when it becomes a page, and at the close, and not with every update', async () => {
    const bench = await openPublisher();
    const { publisher } = bench;
    publisher.anomaly({ kind: 'opened', anomaly: finding() });
    publisher.anomaly({ kind: 'updated', anomaly: finding({ endMs: NOON + 30_000 }) });
    publisher.anomaly({ kind: 'updated', anomaly: finding({ border: 'page' }) });
    publisher.anomaly({ kind: 'updated', anomaly: finding({ border: 'page' }) });
    publisher.anomaly({ kind: 'closed', anomaly: finding({ state: 'closed', border: 'page', endMs: NOON + 240_000 }) });
    const { records } = await recordsOf(bench);
    expect(
      records.map((record) => [valuesOf(record.attributes)['sentinel.finding.event'], record.severityText]),
    ).toEqual([
      ['opened', 'WARN'],
      ['escalated', 'ERROR'],
      ['closed', 'ERROR'],
    ]);
    expect(records[2]?.body?.stringValue).toMatch(/^Over after 4 min: Error ratio/);
  });

  test('hold no private data and no number that does not exist', async () => {
    const bench = await openPublisher();
    const { publisher } = bench;
    const anomaly = finding({
      series: aSeries({ operation: 'GET /users/ana@shop.example', attributes: { session: 'token=abc' } }),
      expected: Number.NaN,
      upper: Number.POSITIVE_INFINITY,
      exampleTraceIds: ['not a trace id'],
    });
    publisher.anomaly({ kind: 'opened', anomaly });
    const { records } = await recordsOf(bench);
    const attributes = valuesOf(records[0]?.attributes);
    expect(attributes['sentinel.series.operation']).toBe('GET /users/[email]');
    expect(attributes['sentinel.series.attribute.session']).toBe('token=[secret]');
    for (const absent of ['expected', 'upper', 'example_trace_id', 'example_trace_ids']) {
      expect(attributes[`sentinel.finding.${absent}`]).toBeUndefined();
    }
  });
});

describe('spans', () => {
  test('the finding is one span from start to end, with links to its examples', async () => {
    const bench = await openPublisher();
    const { publisher } = bench;
    publisher.anomaly({ kind: 'closed', anomaly: finding({ state: 'closed', border: 'page' }) });
    const [span] = await spansOf(bench);
    expect(span).toMatchObject({
      name: 'finding error_ratio checkout',
      startTimeUnixNano: BigInt(NOON) * 1_000_000n,
      endTimeUnixNano: BigInt(NOON + 20_000) * 1_000_000n,
      status: { code: 2 },
      events: [{ name: 'peak', timeUnixNano: BigInt(NOON + 10_000) * 1_000_000n }],
    });
    expect([hex(span?.traceId), hex(span?.spanId), span?.parentSpanId]).toEqual([
      FINDING,
      FINDING.slice(0, 16),
      undefined,
    ]);
    expect(span?.links?.map((link) => hex(link.traceId))).toEqual([EXAMPLE]);
    expect(valuesOf(span?.attributes)).toMatchObject({
      'sentinel.finding.id': FINDING,
      'sentinel.service.name': 'checkout',
    });
  });

  test('its detection is a child that exists from the opening on', async () => {
    const bench = await openPublisher();
    const { publisher } = bench;
    publisher.anomaly({ kind: 'opened', anomaly: finding() });
    const [span, ...others] = await spansOf(bench);
    expect(others).toHaveLength(0);
    expect(span).toMatchObject({
      name: 'detection error_ratio checkout',
      endTimeUnixNano: BigInt(NOON + 12_000) * 1_000_000n,
    });
    expect([hex(span?.parentSpanId), hex(span?.spanId)]).toEqual([FINDING.slice(0, 16), FINDING.slice(16)]);
    expect(span?.status).toBeUndefined();
  });

  test('an id of zeros still gives two valid span ids', async () => {
    const bench = await openPublisher();
    const { publisher } = bench;
    publisher.anomaly({ kind: 'opened', anomaly: finding({ id: '0'.repeat(32) }) });
    const [span] = await spansOf(bench);
    expect([hex(span?.parentSpanId), hex(span?.spanId)]).toEqual(['0000000000000001', '0000000000000002']);
  });
});

describe('scores', () => {
  test('go out with the headers of their tenant', async () => {
    const bench = await openPublisher();
    const { publisher } = bench;
    publisher.scores([bucket, { ...bucket, series: aSeries({ tenant: 'red' }) }]);
    const [request] = await requests('ExportMetricsServiceRequest', 'metrics', bench);
    expect(bench.sent.map(({ signal, headers }) => [signal, headers['x-scope-orgid']])).toEqual([
      ['metrics', 'blue'],
      ['metrics', 'red'],
    ]);
    const metrics = request?.resourceMetrics?.[0]?.scopeMetrics?.[0]?.metrics;
    expect(metrics?.map(({ name }) => name)).toEqual(['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper']);
  });

  test('without a number are not sent', async () => {
    const { publisher, sent } = await openPublisher();
    publisher.scores([{ ...bucket, score: Number.NaN }]);
    await publisher.stop();
    expect(sent).toHaveLength(0);
  });
});

describe('switches', () => {
  test('nothing is made that no backend takes', async () => {
    const { publisher, sent } = await openPublisher({}, ['logs']);
    publisher.anomaly({ kind: 'opened', anomaly: finding() });
    publisher.scores([bucket]);
    await publisher.stop();
    expect(sent.map(({ signal }) => signal)).toEqual(['logs']);
  });

  test('records and spans can be switched off', async () => {
    const { publisher, sent } = await openPublisher({ findings: { logs: false, traces: false } });
    publisher.anomaly({ kind: 'opened', anomaly: finding() });
    await publisher.stop();
    expect(sent).toHaveLength(0);
  });

  test('everything of one interval leaves when it is over', async () => {
    const { publisher, sent } = await openPublisher({ flushInterval: 1 });
    publisher.anomaly({ kind: 'opened', anomaly: finding() });
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    await publisher.stop();
    expect(sent.map(({ signal }) => signal)).toEqual(['logs', 'traces']);
  });
});
