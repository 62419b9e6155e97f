import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createLoader } from '../../src/config/load.ts';
import { publishSection, type PublishSettings } from '../../src/config/sections/publish.ts';
import { createFindingPublisher } from '../../src/publish/findings/publisher.ts';
import { createOtlpSender } from '../../src/publish/otlp-sender.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { createMask } from '../../src/runtime/masking.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { anAnomaly, aSeries } from '../../src/store/testing/builders.ts';
import { type Case, until } from '../grafana/suite.ts';

/** Addresses of real servers; empty ones skip their cases. */
export interface FindingServers {
  readonly victoriametrics: string;
  readonly loki: string;
  /** Query address, and the OTLP address (HTTP) if it is another. */
  readonly tempo: string;
  readonly tempoOtlp: string;
}

/** One finding through the shipped settings, read back from the query interfaces of the real servers by its id. */
export function findingCases(servers: FindingServers): Case[] {
  const id = randomBytes(16).toString('hex');
  // Every sixteenth id starts with a zero; here all do.
  const example = `0${randomBytes(16).toString('hex').slice(1)}`;
  const service = `finding-${id.slice(0, 8)}`;
  const attributes = { 'http.route': '/cart', user: 'ana@shop.example' };
  const series = aSeries({ id: id.slice(0, 16), service, measure: 'p95', attributes });
  const endMs = Date.now() - 20_000;
  const times = { startMs: endMs - 40_000, peakMs: endMs - 20_000, endMs, detectedAtMs: endMs - 25_000 };
  const anomaly = anAnomaly({ id, series, ...times, exampleTraceIds: [example] });
  let published: Promise<void> | undefined;

  async function publish(): Promise<void> {
    const options = settingsFor(servers);
    const common = { clock: systemClock, logger: silentLogger, metrics: createSelfMetrics() };
    const sender = createOtlpSender({ options, ...common });
    const tenantHeaders = () => ({});
    const publisher = createFindingPublisher({
      ...{ options, sender, tenantHeaders, mask: createMask([]), version: '0.0.0' },
      ...common,
    });
    await sender.start();
    await publisher.start();
    publisher.anomaly({ kind: 'opened', anomaly });
    const numbers = { value: 0.9, score: 2.5, expected: 0.3, lower: 0.1, upper: 0.5 };
    publisher.scores([{ series, timeMs: endMs, stepMs: 10_000, ...numbers, exampleTraceIds: [example] }]);
    publisher.anomaly({ kind: 'closed', anomaly: { ...anomaly, state: 'closed', border: 'page' } });
    await publisher.stop();
    await sender.stop();
  }

  const once = (check: () => Promise<void>) => async (): Promise<void> => {
    published ??= publish();
    await published;
    await check();
  };
  const skip = (name: string, url: string) => (url === '' ? `${name} is not set` : undefined);

  return [
    {
      name: 'score series are in VictoriaMetrics, with our labels alone',
      skip: skip('VICTORIAMETRICS_URL', servers.victoriametrics),
      run: once(() => checkScores({ url: servers.victoriametrics, service, seriesId: series.id, endMs })),
    },
    {
      name: 'both records of a finding are in Loki, found by the scored service',
      skip: skip('LOKI_URL', servers.loki),
      run: once(() => checkRecords({ url: servers.loki, service, id })),
    },
    {
      name: 'both spans of a finding are in Tempo, found by its id and from its example trace',
      skip: skip('TEMPO_URL', servers.tempo),
      run: once(() => checkSpans({ url: servers.tempo, id, example })),
    },
  ];
}

const load = createLoader<PublishSettings>(publishSection);

function settingsFor({ victoriametrics, loki, tempo, tempoOtlp }: FindingServers): PublishSettings {
  const backends = {
    ...(victoriametrics === '' ? {} : { victoriametrics: { endpoint: victoriametrics } }),
    ...(loki === '' ? {} : { loki: { endpoint: loki } }),
    ...(tempo === '' ? {} : { tempo: { endpoint: tempoOtlp === '' ? tempo : tempoOtlp, protocol: 'http' } }),
  };
  const result = load(JSON.stringify({ backends }), { env: {}, readFile: () => '' });
  if (result.kind === 'settings') return result.settings;
  throw new Error(result.problems.map(({ message }) => message).join(' '));
}

interface ScoreCheck {
  readonly url: string;
  readonly service: string;
  readonly seriesId: string;
  readonly endMs: number;
}

async function checkScores({ url, service, seriesId, endMs }: ScoreCheck): Promise<void> {
  const query = new URLSearchParams({ 'match[]': `{service_name="${service}"}` });
  const lines = await until('four score series', async () => {
    const text = await (await fetch(`${url}/api/v1/export?${query.toString()}`)).text();
    const found = text.trim().split('\n').filter(Boolean);
    return found.length >= 4 ? found : undefined;
  });
  const exported = lines.map((line) => JSON.parse(line) as Exported);
  const expected = { anomaly_score: 2.5, yhat: 0.3, yhat_lower: 0.1, yhat_upper: 0.5 };
  deepStrictEqual(Object.fromEntries(exported.map(({ metric, values }) => [metric.__name__, values[0]])), expected);
  for (const { metric, timestamps } of exported) {
    deepStrictEqual(timestamps, [endMs]);
    deepStrictEqual(
      { ...metric, __name__: '' },
      {
        __name__: '',
        for: 'span_p95',
        series_id: seriesId,
        signal: 'traces',
        measure: 'p95',
        service_name: service,
        service_namespace: 'shop',
        deployment_environment_name: 'production',
        operation: 'POST /orders',
        http_route: '/cart',
        user: '[email]',
      },
    );
  }
}

interface Exported {
  readonly metric: { readonly __name__: string } & Readonly<Record<string, string>>;
  readonly values: readonly number[];
  readonly timestamps: readonly number[];
}

async function checkRecords({
  url,
  service,
  id,
}: {
  readonly url: string;
  readonly service: string;
  readonly id: string;
}) {
  const query = new URLSearchParams({ query: `{service_name="sentinel"} | sentinel_service_name="${service}"` });
  const streams = await until('two records', async () => {
    const reply = (await (await fetch(`${url}/loki/api/v1/query_range?${query.toString()}`)).json()) as LokiReply;
    return reply.data.result.length >= 2 ? reply.data.result.map(({ stream }) => stream) : undefined;
  });
  const events = streams.map((one) => [one.sentinel_finding_event, one.severity_text]).sort();
  deepStrictEqual(events, [
    ['closed', 'ERROR'],
    ['opened', 'WARN'],
  ]);
  for (const one of streams) {
    deepStrictEqual([one.sentinel_finding_id, one.trace_id, one.event_name], [id, id, 'sentinel.finding']);
  }
}

interface LokiReply {
  readonly data: { readonly result: readonly { readonly stream: Readonly<Record<string, string>> }[] };
}

async function checkSpans({
  url,
  id,
  example,
}: {
  readonly url: string;
  readonly id: string;
  readonly example: string;
}) {
  // Tempo compares the ids of links without their leading zeros.
  const linked = `{ link:traceID = "${example.replace(/^0+/, '')}" }`;
  for (const q of [`{ span.sentinel.finding.id = "${id}" }`, linked]) {
    const found = await until(q, async () => {
      const reply = (await (
        await fetch(`${url}/api/search?${new URLSearchParams({ q }).toString()}`)
      ).json()) as TempoReply;
      return reply.traces?.find(({ spanSets }) => spanSets.some(({ matched }) => matched === 2));
    });
    strictEqual(found.traceID.padStart(32, '0'), id);
    ok(found.rootTraceName.startsWith('finding p95 finding-'), found.rootTraceName);
  }
}

interface TempoReply {
  readonly traces?: readonly {
    readonly traceID: string;
    readonly rootTraceName: string;
    readonly spanSets: readonly { readonly matched: number }[];
  }[];
}
