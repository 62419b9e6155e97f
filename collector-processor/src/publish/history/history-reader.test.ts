import { describe, expect, test } from '@jest/globals';
import type { HistoryRequest } from '../../model/history.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import { createHistoryReader } from './history-reader.ts';
import { metricsQuery } from './metrics-query.ts';

const base = { service: 'db', namespace: 'shop', environment: '', attributes: { state: 'used' } };
const gauge = aSeries({ ...base, signal: 'metrics', measure: 'value', metric: 'system.memory.usage', unit: 'By' });
const request: HistoryRequest = {
  ...{ series: gauge, fromMs: NOON - 20_000, toMs: NOON, stepMs: 10_000, counter: 'cumulative' },
};

interface Asked {
  readonly url: string;
  readonly body: URLSearchParams;
  readonly headers: Record<string, string>;
}

function openReader(answer: () => Response | Promise<Response>, maxBytes = 10_000) {
  const asked: Asked[] = [];
  const metrics = createSelfMetrics();
  const told: string[] = [];
  const tell = (facts: unknown, text?: string) => void told.push(`${JSON.stringify(facts)} ${text ?? ''}`);
  const read = createHistoryReader({
    logger: { info: tell, warn: tell },
    options: { endpoint: 'http://vm:8428', headers: { authorization: 'Bearer x' }, timeout: 1000, maxBytes },
    tenantHeaders: (tenant) => ({ 'x-scope-orgid': tenant }),
    fetch: async (url, { body, headers }) => {
      asked.push({ url, body: body as URLSearchParams, headers: headers as Record<string, string> });
      return await answer();
    },
    metrics,
  });
  return { read: () => read(request, new AbortController().signal), asked, metrics, told };
}

const matrix = (values: unknown) => () =>
  Response.json({ status: 'success', data: { result: [{ metric: {}, values }] } });

describe('reading', () => {
  test('asks for whole steps, as the backend wants to be asked, and gives times and values', async () => {
    const { read, asked } = openReader(
      matrix([
        [NOON / 1000 - 10, '1.5'],
        [NOON / 1000, 'NaN'],
        [NOON / 1000, '2'],
      ]),
    );
    expect(await read()).toEqual({
      ...{ kind: 'values', timeMs: Float64Array.of(NOON - 10_000, NOON), value: Float64Array.of(1.5, 2) },
    });
    expect(asked[0]?.url).toBe('http://vm:8428/api/v1/query_range');
    expect(asked[0]?.headers).toEqual({ authorization: 'Bearer x', 'x-scope-orgid': gauge.tenant });
    expect(Object.fromEntries(asked[0]?.body ?? [])).toMatchObject({
      step: '10s',
      nocache: '1',
      end: String(NOON / 1000),
    });
  });

  test('nothing is nothing; refusals, long answers, nonsense and a server that is away are failures with a reason', async () => {
    expect(await openReader(() => Response.json({ data: { result: [] } })).read()).toEqual({ kind: 'none' });
    const reasonOf = async (answer: () => Response | Promise<Response>) => {
      const outcome = await openReader(answer, 60).read();
      return outcome.kind === 'failed' ? outcome.reason : outcome.kind;
    };
    expect(await reasonOf(() => new Response('too many', { status: 503 }))).toBe('it answered 503: too many');
    expect(await reasonOf(() => new Response('x'.repeat(61)))).toBe('the answer is longer than 60 bytes');
    expect(await reasonOf(() => Response.json({ data: 5 }))).toBe('it answered something that is no matrix');
    expect(await reasonOf(() => new Response('<html>'))).toMatch(/JSON/);
    expect(await reasonOf(() => Promise.reject(new Error('connect ECONNREFUSED')))).toBe(
      'it does not answer: connect ECONNREFUSED',
    );
  });

  test('why it cannot be read is said once, and that it can be read again', async () => {
    let isThere = false;
    const answer = () => (isThere ? matrix([[1, '2']])() : new Response('no such tenant', { status: 404 }));
    const { read, told } = openReader(answer);
    await read();
    await read();
    isThere = true;
    await read();
    await read();
    expect(told).toEqual([
      '{"endpoint":"http://vm:8428","reason":"it answered 404: no such tenant"} The history of series cannot be read; it is tried again.',
      '{"endpoint":"http://vm:8428"} The history of series can be read again.',
    ]);
  });

  test('outcomes are counted', async () => {
    const { read, metrics } = openReader(matrix([[1, '2']]));
    await read();
    expect(metrics.render()).toContain('sentinel_history_reads_total{outcome="values"} 1');
  });
});

describe('the query', () => {
  const query = (changes: object, counter: HistoryRequest['counter'] = 'cumulative') =>
    metricsQuery({ series: { ...gauge, ...changes }, stepMs: 60_000, counter });

  test('names a gauge and its labels in all three ways of VictoriaMetrics', () => {
    expect(query({})).toBe(
      'avg(avg_over_time({' +
        '__name__="system.memory.usage","service.name"="db","service.namespace"="shop",state="used" or ' +
        '__name__="system_memory_usage",service_name="db",service_namespace="shop",state="used" or ' +
        '__name__="system_memory_usage_bytes",service_name="db",service_namespace="shop",state="used"}[60s]))',
    );
  });

  test('asks for either name of an environment, and quotes what came from telemetry', () => {
    const text = query({ environment: 'pro"d', metric: 'up' });
    expect(text).toContain('"deployment.environment.name"="pro\\"d"');
    expect(text).toContain('deployment_environment="pro\\"d"');
  });

  test('adds counters up, in the form in which they are stored', () => {
    const counter = { metric: 'http.requests', unit: '{request}', pointKind: 'sum', measure: 'rate' };
    expect(query(counter)).toMatch(/^sum\(rate\(\{.*__name__="http_requests_total".*\}\[60s\]\)\)$/);
    expect(query(counter, 'delta')).toMatch(/^sum\(sum_over_time\(\{.*\}\[60s\]\)\) \/ 60$/);
  });

  test('takes histograms apart, and leaves out what a store does not have', () => {
    const duration = { metric: 'http.server.request.duration', unit: 's', pointKind: 'histogram' };
    expect(query({ ...duration, measure: 'p95' })).toMatch(
      /^histogram_quantile\(0\.95, sum\(rate\(.*_bucket".*\) by \(le/,
    );
    expect(query({ ...duration, measure: 'mean' })).toMatch(/_sum".* \/ \(sum\(rate\(.*_count"/);
    expect(query({ ...duration, measure: 'p95', pointKind: 'summary' })).toBeUndefined();
  });

  test('of spans and log records there is only what was published of them', () => {
    const spans = { signal: 'traces', measure: 'p95', id: 'abc' };
    expect(query(spans)).toBe('avg(avg_over_time(y{series_id="abc"}[60s]))');
  });
});
