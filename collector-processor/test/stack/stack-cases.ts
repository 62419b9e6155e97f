import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, until } from '../grafana/suite.ts';
import { repository } from './compose-file.ts';
import type { RunningStack } from './running-stack.ts';

const PLUGIN = 'sentinel-observability-app';
/** The shop is learned for a minute before the first of its faults, each of which lasts half a minute. */
const PATIENCE_MS = 6 * 60_000;
const PAUSE_MS = 500;

interface Query {
  readonly data: { readonly result: readonly unknown[] };
}

/** Telemetry of the demo in each store, and what Sentinel made of it where people look. */
export function stackCases(stack: () => RunningStack, skip: string | undefined): readonly Case[] {
  const authorization = `Basic ${Buffer.from(`admin:${process.env['GRAFANA_ADMIN_PASSWORD'] ?? 'admin'}`).toString('base64')}`;

  async function get<Body>(service: string, port: number, path: string): Promise<Body> {
    const headers = service === 'grafana' ? { authorization } : {};
    const response = await fetch(`${stack().url(service, port)}${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  }

  /** Waits until `ask` finds something. */
  function seen(name: string, ask: () => Promise<readonly unknown[]>): Case {
    return {
      name,
      skip,
      run: async () => {
        const deadline = performance.now() + PATIENCE_MS;
        while ((await ask()).length === 0) {
          if (stack().trouble() !== undefined) throw new Error(stack().trouble());
          if (performance.now() > deadline) throw new Error('not seen');
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      },
    };
  }

  const metric = (query: string) => async () =>
    (await get<Query>('victoriametrics', 8428, `/api/v1/query?query=${encodeURIComponent(query)}`)).data.result;
  const lines = (query: string) => async () =>
    (await get<Query>('loki', 3100, `/loki/api/v1/query_range?limit=1&query=${encodeURIComponent(query)}`)).data.result;
  const traces = (query: string) => async () =>
    (await get<{ traces: unknown[] }>('tempo', 3200, `/api/search?limit=1&q=${encodeURIComponent(query)}`)).traces;
  const grafana = (path: string, items: (body: unknown) => readonly unknown[]) => async () =>
    items(await get<unknown>('grafana', 3000, path));
  const listed = (body: unknown): readonly unknown[] => body as readonly unknown[];

  const healthy = ['victoriametrics', 'loki', 'tempo'].map((uid) =>
    seen(
      `Grafana reads the data source ${uid}`,
      grafana(`/api/datasources/uid/${uid}/health`, (body) =>
        (body as { status: string }).status === 'OK' ? [uid] : [],
      ),
    ),
  );
  return [
    seen('metrics of the shop are in VictoriaMetrics', metric('process_memory_usage_bytes{service_name="catalog"}')),
    seen('logs of the shop are in Loki', lines('{service_name="storefront"}')),
    seen('traces of the shop are in Tempo', traces('{resource.service.name="checkout"}')),
    seen('who calls whom is in VictoriaMetrics', metric('traces_service_graph_request_total{client="storefront"}')),
    seen('Sentinel is scraped', metric('sentinel_intake_items_total > 0')),
    seen('the rules of alerting-rules are evaluated', async () => {
      const { data } = await get<{ data: { groups: unknown[] } }>('vmalert', 8880, '/api/v1/rules');
      return data.groups;
    }),
    ...healthy,
    seen(
      'the dashboards came with the app',
      grafana('/api/search?tag=sentinel&type=dash-db', (found) => listed(found).slice(4)),
    ),
    seen(
      'the app reaches the sidecar with its token',
      grafana(`/api/plugin-proxy/${PLUGIN}/api/status`, (body) => [body]),
    ),
    {
      name: 'the dashboard of a service finds a metric by either name of its label',
      skip,
      run: async () => {
        const series = { __name__: 'process.memory.usage', 'service.name': 'catalog' };
        const body = JSON.stringify({ metric: series, values: [1], timestamps: [Date.now() - 1_000] });
        await fetch(`${stack().url('victoriametrics', 8428)}/api/v1/import`, { method: 'POST', body });
        const forms = [
          metricQuery('service.name', series.__name__),
          metricQuery('service_name', 'process_memory_usage_bytes'),
        ];
        for (const form of forms) await until(form, async () => ((await metric(form)()).length > 0 ? true : undefined));
      },
    },
    seen('scores are in VictoriaMetrics', metric('anomaly_score{service_name="payment"}')),
    seen('an incident is annotated in Grafana', grafana('/api/annotations?tags=sentinel:incident', listed)),
    seen('a finding is in Loki', lines('{service_name="sentinel"}')),
    seen('an alert of a finding is in Alertmanager', () =>
      get('alertmanager', 9093, `/api/v2/alerts?filter=${encodeURIComponent('alertname="SentinelAnomaly"')}`),
    ),
  ];
}

/** The query of the panel that shows a metric as the service sent it, with its variables filled in. */
function metricQuery(label: string, name: string): string {
  const text = readFileSync(join(repository, 'provisioning/dashboards/service.json'), 'utf8');
  const { panels } = JSON.parse(text) as { panels: { title: string; targets: { expr: string }[] }[] };
  const [target] = panels.find(({ title }) => title === '$metric')?.targets ?? [];
  const values: Readonly<Record<string, string>> = { label, metric: name, service: 'catalog', __rate_interval: '1m' };
  return (target?.expr ?? '').replaceAll(/\$(\w+)/g, (_all, variable: string) => values[variable] ?? '');
}
