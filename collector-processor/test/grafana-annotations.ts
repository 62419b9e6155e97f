/**
 * `npm run test:grafana`: the annotator against a real Grafana (GRAFANA_URL), with GRAFANA_TOKEN of an Editor, or with
 * GRAFANA_USER and GRAFANA_PASSWORD of an administrator, who makes the accounts that the cases about rights need.
 * GRAFANA_KILLS (default 25) sets how often the annotating process is killed.
 */
import { annotationCases } from './grafana/annotation-cases.ts';
import { createGrafanaServer } from './grafana/grafana-server.ts';
import { runCases } from './grafana/suite.ts';

const env = (name: string) => process.env[name] ?? '';
const url = env('GRAFANA_URL').replace(/\/+$/, '');
const server = createGrafanaServer({
  url,
  token: env('GRAFANA_TOKEN'),
  user: env('GRAFANA_USER'),
  password: env('GRAFANA_PASSWORD'),
});
const kills = Number(process.env.GRAFANA_KILLS ?? '25');
const missing =
  url === ''
    ? 'GRAFANA_URL is not set'
    : server.administered || env('GRAFANA_TOKEN') !== ''
      ? undefined
      : 'neither GRAFANA_TOKEN nor GRAFANA_USER is set';
const { cases, clean } = annotationCases({ server, kills, missing });
const good = await runCases(cases);
await clean();
process.exitCode = good ? 0 : 1;
