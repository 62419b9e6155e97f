/**
 * `npm test -- rulers`: generated rules and alerting-rules/ in real rulers, on requests that fail and go through Sentinel as OTLP.
 *
 *   PROMETHEUS_BIN                        path of Prometheus; the one on the PATH unless told
 *   VICTORIAMETRICS_BIN, VMALERT_BIN      paths of VictoriaMetrics and vmalert
 */
import { spawnSync } from 'node:child_process';
import { sloMetrics } from '../src/slo/slo-metrics.ts';
import { type Case, PATIENT_MS, runCases, until } from './grafana/suite.ts';
import { startBurningService, type BurningService, ruleFilesFor } from './rulers/burning-service.ts';
import { scratchFolder } from './rulers/folder.ts';
import { type Server, startPrometheus, startVictoriaMetrics, startVmalert } from './rulers/servers.ts';

interface Rules {
  readonly data: {
    readonly groups: readonly {
      readonly rules: readonly { readonly name: string; readonly health: string; readonly lastError?: string }[];
    }[];
  };
}

interface Alerts {
  readonly data: { readonly alerts: readonly { readonly state: string; readonly labels: Record<string, string> }[] };
}

/** One that is drawn from the objective, and one that is shipped. */
const expected = ['SLOErrorBudgetBurn', 'SentinelBudgetBurns'];

type StartRuler = (service: BurningService, files: readonly string[]) => Promise<readonly Server[]>;

/** The last server that is started is the ruler. */
async function judge(start: StartRuler): Promise<void> {
  const folder = scratchFolder();
  const service = await startBurningService();
  const servers: Server[] = [];
  try {
    servers.push(...(await start(service, ruleFilesFor(folder))));
    const url = servers.at(-1)?.url ?? '';
    const ask = async <Answer>(path: string) => (await (await fetch(`${url}/api/v1/${path}`)).json()) as Answer;
    await until(
      'all rules are evaluated',
      async () => {
        const rules = (await ask<Rules>('rules')).data.groups.flatMap((group) => group.rules);
        const broken = rules.filter(({ health }) => health === 'err');
        if (broken.length > 0) throw new Error(JSON.stringify(broken));
        return rules.length > 0 && rules.every(({ health }) => health === 'ok') ? true : undefined;
      },
      PATIENT_MS,
    );
    // Increases are counted from the first value that was read.
    await until('the counters are read', () => isRead(servers[0]?.url ?? ''), PATIENT_MS);
    const before = (await ask<Alerts>('alerts')).data.alerts.filter(isExpected);
    if (before.length > 0) throw new Error(`fired before anything failed: ${JSON.stringify(before)}`);
    await service.fail();
    await until(
      'the budget is told to burn',
      async () => {
        const { alerts } = (await ask<Alerts>('alerts')).data;
        const fired = new Set(alerts.filter(isExpected).map(({ labels }) => labels['alertname']));
        return expected.every((name) => fired.has(name)) ? true : undefined;
      },
      PATIENT_MS,
    );
  } finally {
    for (const server of servers.reverse()) await server.stop();
    await service.sentinel.stop();
    folder.remove();
  }
}

/** Whether the server has the counter of the objective. */
async function isRead(url: string): Promise<true | undefined> {
  const query = new URLSearchParams({ query: sloMetrics.bad.name });
  const response = await fetch(`${url}/api/v1/query?${query.toString()}`);
  const { data } = (await response.json()) as { readonly data: { readonly result: readonly object[] } };
  return data.result.length > 0 ? true : undefined;
}

function isExpected({ state, labels }: Alerts['data']['alerts'][number]): boolean {
  return state === 'firing' && expected.includes(labels['alertname'] ?? '');
}

const env = (name: string) => process.env[name] ?? '';
const prometheus = env('PROMETHEUS_BIN') || 'prometheus';
const hasPrometheus = spawnSync(prometheus, ['--version']).error === undefined;
const hasVictoria = env('VICTORIAMETRICS_BIN') !== '' && env('VMALERT_BIN') !== '';

const cases: readonly Case[] = [
  {
    name: 'Prometheus loads all rules, evaluates them, and they fire on failed requests',
    skip: hasPrometheus ? undefined : `there is no ${prometheus}; set PROMETHEUS_BIN to its path`,
    run: () => judge(async ({ target }, files) => [await startPrometheus(prometheus, target, files)]),
  },
  {
    name: 'VictoriaMetrics and vmalert load all rules, evaluate them, and they fire on failed requests',
    skip: hasVictoria ? undefined : 'VICTORIAMETRICS_BIN or VMALERT_BIN is not set',
    run: () =>
      judge(async ({ target }, rules) => {
        const metrics = await startVictoriaMetrics(env('VICTORIAMETRICS_BIN'), target);
        return [metrics, await startVmalert({ file: env('VMALERT_BIN'), metrics: metrics.url, rules })];
      }),
  },
];

process.exitCode = (await runCases(cases)) ? 0 : 1;
