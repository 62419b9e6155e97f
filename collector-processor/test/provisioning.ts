/**
 * `npm test -- provisioning`: a real Grafana starts on provisioning/, asks a real VictoriaMetrics that reads a real Sentinel, and
 * tells a webhook of what fires.
 *
 *   GRAFANA_BIN           path of grafana; GRAFANA_HOME where its bin/ is not below its home
 *   VICTORIAMETRICS_BIN   path of VictoriaMetrics
 */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readAlertPack } from '../src/cli/alerting/alert-pack.ts';
import { type Case, PATIENT_MS, runCases, until } from './grafana/suite.ts';
import { type ProvisionedGrafana, startGrafana } from './provisioning/grafana.ts';
import { openWebhookSink } from './provisioning/webhook-sink.ts';
import { startBurningService } from './rulers/burning-service.ts';
import { startVictoriaMetrics } from './rulers/servers.ts';

interface Rules {
  readonly data: {
    readonly groups: readonly {
      readonly rules: readonly { readonly name: string; readonly health: string; readonly lastError?: string }[];
    }[];
  };
}

const TOKEN = 'a-token-of-the-test';
const SOURCES = ['VICTORIAMETRICS_URL', 'LOKI_URL', 'TEMPO_URL'];
const alerts = readAlertPack().flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)));
const env = (name: string) => process.env[name] ?? '';
const missing = ['GRAFANA_BIN', 'VICTORIAMETRICS_BIN'].find((name) => env(name) === '');
const skip = missing === undefined ? undefined : `${missing} is not set`;

async function leavesPoliciesAlone(): Promise<void> {
  for (const name of SOURCES) process.env[name] = 'http://127.0.0.1:9';
  const grafana = await startGrafana({ file: env('GRAFANA_BIN'), routes: false });
  try {
    const rules = await grafana.get<readonly { title: string }[]>('/api/v1/provisioning/alert-rules');
    deepStrictEqual(rules.map(({ title }) => title).sort(), alerts.toSorted());
    const { receiver } = await grafana.get<{ receiver: string }>('/api/v1/provisioning/policies');
    ok(receiver !== 'Sentinel', 'the policies were replaced');
    const contacts = await grafana.get<readonly { name: string }[]>('/api/v1/provisioning/contact-points');
    ok(contacts.every(({ name }) => name !== 'Sentinel'));
    deepStrictEqual(ofProvisioning(grafana), []);
  } finally {
    await grafana.stop();
  }
}

async function tellsWebhook(): Promise<void> {
  const service = await startBurningService();
  const metrics = await startVictoriaMetrics(env('VICTORIAMETRICS_BIN'), service.target);
  const sink = await openWebhookSink();
  for (const name of SOURCES) process.env[name] = metrics.url;
  process.env['SENTINEL_ALERT_WEBHOOK_URL'] = sink.url;
  process.env['SENTINEL_ALERT_WEBHOOK_TOKEN'] = TOKEN;
  const grafana = await startGrafana({ file: env('GRAFANA_BIN'), routes: true });
  try {
    await until('all rules are evaluated', () => areEvaluated(grafana), PATIENT_MS);
    await service.fail();
    const isBurn = (labels: Readonly<Record<string, string>>) => labels['alertname'] === 'SentinelBudgetBurns';
    const told = await until(
      'the webhook is told',
      () => sink.received.find(({ alerts: [first] }) => first !== undefined && isBurn(first.labels)),
      PATIENT_MS,
    );
    strictEqual(told.authorization, `Bearer ${TOKEN}`);
    match(told.title, /firing: availability of shop burns its error budget/);
    match(told.message, /\[critical\][\s\S]*What to do: [\s\S]*Look: http/);
    strictEqual(told.alerts[0]?.labels['service_name'], 'shop');
    deepStrictEqual(ofProvisioning(grafana), []);
  } finally {
    await grafana.stop();
    await sink.close();
    await metrics.stop();
    await service.sentinel.stop();
  }
}

async function areEvaluated(grafana: ProvisionedGrafana): Promise<true | undefined> {
  const { data } = await grafana.get<Rules>('/api/prometheus/grafana/api/v1/rules');
  const rules = data.groups.flatMap((group) => group.rules);
  const broken = rules.filter(({ health }) => health === 'error');
  if (broken.length > 0) throw new Error(JSON.stringify(broken));
  const evaluated = rules.filter(({ health }) => health === 'ok' || health === 'nodata');
  return evaluated.length === alerts.length ? true : undefined;
}

/** Grafana tells of other errors too, of which provisioning is not the cause. */
function ofProvisioning(grafana: ProvisionedGrafana): readonly string[] {
  return grafana.errors().filter((line) => /logger=provisioning/.test(line));
}

const cases: readonly Case[] = [
  { name: 'Grafana takes all rules without an error, and keeps its policies', skip, run: leavesPoliciesAlone },
  { name: 'with the routes, an alert on failed requests gets to the webhook', skip, run: tellsWebhook },
];
process.exitCode = (await runCases(cases)) ? 0 : 1;
