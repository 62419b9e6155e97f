import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiIdentities } from '../api/grafana/identify.ts';
import { apiRequests } from '../api/request-metrics.ts';
import { startApp } from '../app.ts';
import { loadSettings } from '../config/schema.ts';
import { newLetters } from '../publish/wal/dead-letters.ts';
import { evictedLetters } from '../publish/wal/letter-room.ts';
import { lostRecords, unreadableCursors } from '../publish/wal/log-metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import { SentinelError } from '../runtime/errors.ts';
import { silentLogger } from '../runtime/logger.ts';
import type { MetricFamily, MetricSpec } from '../runtime/self-metrics.ts';
import { budgetMetrics, sloMetrics } from '../slo/slo-metrics.ts';
import { leaseMetrics } from '../store/lease/lease.ts';
import { lostConnections } from '../store/postgres/open-postgres.ts';
import { ingestMetrics } from '../wiring/ingest/ingest-metrics.ts';

type Described = Pick<MetricFamily, 'name' | 'type' | 'help'> & { readonly labels: readonly string[] };

const sloLabels = ['sloth_id', 'sloth_service', 'sloth_slo'];

/** What a start with SQLite, on one thread and without any event does not have yet. */
const later: readonly Described[] = [
  counter(apiRequests, 'method', 'route', 'status'),
  counter(apiIdentities, 'outcome'),
  counter(newLetters, 'backend'),
  counter(evictedLetters, 'reason'),
  counter(lostRecords, 'backend', 'what'),
  counter(unreadableCursors),
  counter(leaseMetrics.faults),
  counter(leaseMetrics.changes, 'to'),
  gauge(leaseMetrics.active),
  gauge(leaseMetrics.epoch),
  counter(lostConnections),
  counter(sloMetrics.events, ...sloLabels),
  counter(sloMetrics.bad, ...sloLabels),
  counter(sloMetrics.crossings, 'to'),
  gauge(budgetMetrics.left, ...sloLabels),
  gauge(budgetMetrics.objective, ...sloLabels),
  gauge(budgetMetrics.rate, ...sloLabels, 'sloth_window'),
  gauge(budgetMetrics.burning, ...sloLabels, 'slo_tier', 'sloth_severity'),
  gauge(budgetMetrics.exhaustion, ...sloLabels),
  gauge(ingestMetrics.backlog),
  gauge(ingestMetrics.backlogLimit),
  gauge(ingestMetrics.down),
  counter(ingestMetrics.replaced),
  counter(ingestMetrics.passedOver),
];

function counter({ name, help }: MetricSpec, ...labels: string[]): Described {
  return { name, type: 'counter', help, labels };
}

function gauge({ name, help }: MetricSpec, ...labels: string[]): Described {
  return { name, type: 'gauge', help, labels };
}

/** docs/metrics.md, drawn from what a Sentinel with every part switched on says of itself. */
export async function metricsPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-metrics-'));
  try {
    const families = (await familiesOf(folder)).map(describe);
    const known = new Set(families.map(({ name }) => name));
    const all = [...families, ...later.filter(({ name }) => !known.has(name))];
    const rows = all.sort((a, b) => (a.name < b.name ? -1 : 1)).map(row);
    return `${head}| Metric | Type | Labels | What it says |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const head = `# Metrics

What Sentinel says of itself: at \`/metrics\` of the API's port, and by OTLP where \`telemetry.metrics_endpoint\` is set. Every limit of
the [settings](settings.md) has one. This page is drawn from a running Sentinel.

`;

async function familiesOf(folder: string): Promise<readonly MetricFamily[]> {
  const nowhere = 'http://127.0.0.1:9';
  const text = JSON.stringify({
    receivers: { otlp: { grpc: { endpoint: '127.0.0.1:0' }, http: { endpoint: '127.0.0.1:0' } } },
    api: { endpoint: '127.0.0.1:0', grafana: { url: nowhere } },
    store: { path: join(folder, 'sentinel.db') },
    forward: { backends: { victoriametrics: { endpoint: nowhere } } },
    publish: { grafana: { url: nowhere, token: 'none' } },
    score: { shadow: { enabled: true } },
  });
  const loaded = loadSettings(text, { env: {}, readFile: () => '' }, []);
  if (loaded.kind === 'invalid') throw new SentinelError('SENTINEL_INTERNAL', JSON.stringify(loaded.problems));
  const reread = () => ({ kind: 'settings', settings: loaded.settings }) as const;
  const app = await startApp({ settings: loaded.settings, reread, clock: systemClock, logger: silentLogger });
  try {
    return app.families();
  } finally {
    await app.stop();
  }
}

function describe({ name, type, help, points }: MetricFamily): Described {
  return { name, type, help, labels: [...new Set(points.flatMap(({ labels }) => Object.keys(labels)))] };
}

function row({ name, type, help, labels }: Described): string {
  const text = help.replaceAll('|', '\\|');
  return `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${text} |`;
}
