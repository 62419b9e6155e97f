import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ScratchFolder, scratchFolder } from '../rulers/folder.ts';
import { type Server, startServer } from '../rulers/servers.ts';

const shipped = join(import.meta.dirname, '../../../provisioning');

/** Grafana on what provisioning/ says of alerting and data sources, evaluated each ten seconds instead of each minute. */
export interface ProvisionedGrafana extends Server {
  get<Answer>(path: string): Promise<Answer>;
  /** Lines of its log that tell of an error. */
  errors(): readonly string[];
}

interface Options {
  readonly file: string;
  /** Whether contact point and policies of alerting-routes/ are there as well. */
  readonly routes: boolean;
}

export async function startGrafana({ file, routes }: Options): Promise<ProvisionedGrafana> {
  const folder = scratchFolder();
  const provisioning = provisioningIn(folder, routes);
  const log = join(folder.path, 'logs/grafana.log');
  const server = await startServer({
    file,
    ready: '/api/health',
    arguments: (port, { path }) => [
      'server',
      `--homepath=${process.env['GRAFANA_HOME'] ?? dirname(dirname(file))}`,
      `--config=${folder.write('grafana.ini', settings({ port, data: path, logs: dirname(log), provisioning }))}`,
    ],
  });
  return {
    url: server.url,
    async get<Answer>(path: string) {
      const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
      const response = await fetch(`${server.url}${path}`, { headers: { authorization } });
      if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    errors: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes('level=error')),
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}

function provisioningIn(folder: ScratchFolder, routes: boolean): string {
  const path = join(folder.path, 'provisioning');
  for (const empty of ['plugins', 'dashboards', 'datasources', 'alerting']) {
    mkdirSync(join(path, empty), { recursive: true });
  }
  cpSync(join(shipped, 'datasources'), join(path, 'datasources'), { recursive: true });
  const sources = ['alerting', ...(routes ? ['alerting-routes'] : [])].map((name) => join(shipped, name));
  for (const source of sources) {
    for (const name of readdirSync(source)) {
      const text = readFileSync(join(source, name), 'utf8').replaceAll('interval: 1m', 'interval: 10s');
      writeFileSync(join(path, 'alerting', name), text);
    }
  }
  return path;
}

interface Settings {
  readonly port: number;
  readonly data: string;
  readonly logs: string;
  readonly provisioning: string;
}

function settings({ port, data, logs, provisioning }: Settings): string {
  return `
[paths]
data = ${data}
logs = ${logs}
plugins = ${data}/plugins
provisioning = ${provisioning}
[server]
http_addr = 127.0.0.1
http_port = ${port}
[analytics]
reporting_enabled = false
check_for_updates = false
check_for_plugin_updates = false
[plugins]
preinstall_disabled = true
[log]
mode = file
[unified_alerting]
alertmanager_config_poll_interval = 10s
`;
}
