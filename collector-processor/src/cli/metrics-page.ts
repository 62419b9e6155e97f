import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../app.ts';
import { loadSettings } from '../config/schema.ts';
import { systemClock } from '../runtime/clock.ts';
import { SentinelError } from '../runtime/errors.ts';
import { silentLogger } from '../runtime/logger.ts';
import type { MetricFamily } from '../runtime/self-metrics.ts';

type Described = Pick<MetricFamily, 'name' | 'type' | 'help'> & { readonly labels: readonly string[] };

/** What a start with SQLite and without any event does not have yet. */
const later: readonly Described[] = [
  counter('sentinel_api_requests_total', 'Requests to the API.', 'method', 'route', 'status'),
  counter(
    'sentinel_api_identities_total',
    'Requests through Grafana that wanted to change something, by who it was.',
    'outcome',
  ),
  counter('sentinel_dead_letters_total', 'Requests that became dead letters.', 'backend'),
  counter('sentinel_dead_letters_evicted_total', 'Dead letters that were removed unread.', 'reason'),
  counter(
    'sentinel_wal_losses_total',
    'Records that could not be read any more, or whose delivery was forgotten.',
    'backend',
    'what',
  ),
  counter('sentinel_wal_cursor_files_unreadable_total', 'Files with cursors that could not be read at a start.'),
  counter('sentinel_lease_faults_total', 'Attempts to take or renew the lease that PostgreSQL did not answer.'),
  counter(
    'sentinel_lease_changes_total',
    'Changes of what this process is to the others on the same PostgreSQL.',
    'to',
  ),
  gauge('sentinel_lease_active', '1 when this process is the active one; PostgreSQL only.'),
  gauge('sentinel_lease_epoch', 'Take-overs so far, as this process knows; PostgreSQL only.'),
  counter('sentinel_store_lost_connections_total', 'Idle connections to PostgreSQL that broke.'),
  gauge(
    'sentinel_ingest_backlog_bytes',
    'Bytes of columns on their way from ingest threads; with receivers.otlp.workers.',
  ),
  gauge('sentinel_ingest_backlog_bytes_limit', 'Bytes that may be; beyond them items are not scored.'),
  gauge('sentinel_ingest_threads_down', 'Ingest threads that do not run now.'),
  counter('sentinel_ingest_threads_replaced_total', 'Ingest threads that died and were started again.'),
];

function counter(name: string, help: string, ...labels: string[]): Described {
  return { name, type: 'counter', help, labels };
}

function gauge(name: string, help: string): Described {
  return { name, type: 'gauge', help, labels: [] };
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
