/**
 * `npm run test:install`: `sentinel grafana` against a real Grafana (GRAFANA_URL) that has the app's plugin and nothing else of
 * Sentinel's, with GRAFANA_USER and GRAFANA_PASSWORD of an administrator. Everything is taken out again.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grafanaCommand } from '../src/cli/grafana-command.ts';
import { messageOf } from '../src/runtime/errors.ts';
import { createGrafanaServer } from './grafana/grafana-server.ts';
import { type Case, runCases } from './grafana/suite.ts';

const env = (name: string): string => process.env[name] ?? '';
const url = env('GRAFANA_URL').replace(/\/+$/, '');
const [user, password] = [env('GRAFANA_USER'), env('GRAFANA_PASSWORD')];
const skip = await whyNot();
const server = createGrafanaServer({ url, token: '', user, password });
const folder = mkdtempSync(join(tmpdir(), 'sentinel-install-'));
const tokenFile = join(folder, 'token');
const administrator = { GRAFANA_USER: user, GRAFANA_PASSWORD: password, SENTINEL_API_TOKEN: 'sntl_of_nobody' };

async function sentinel(verb: string, args: readonly string[] = [], as: object = administrator): Promise<string> {
  let out = '';
  const stdout = { write: (text: string) => (out += text) !== '' };
  const places = ['--url', url, '--record', join(folder, 'record.json'), '--token-file', tokenFile];
  const code = await grafanaCommand.run({ args: [verb, ...places, ...args], env: { ...as }, stdout, stderr: stdout });
  return `${code}\n${out}`;
}

async function whyNot(): Promise<string | undefined> {
  if (url === '') return 'GRAFANA_URL is not set';
  if (user === '') return 'GRAFANA_USER is not set';
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const has = async (path: string) => (await fetch(`${url}${path}`, { headers: { authorization } })).ok;
  if (!(await has('/api/plugins/sentinel-observability-app/settings'))) return 'that Grafana has no plugin of Sentinel';
  return (await has('/api/folders/sentinel')) ? 'Sentinel is installed in that Grafana' : undefined;
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

async function annotate(token: string, dashboardUID: string | undefined): Promise<number> {
  const response = await fetch(`${url}/api/annotations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dashboardUID, time: Date.now(), text: 'of a test', tags: ['sentinel-test-install'] }),
  });
  return response.status;
}

const wishes = ['--api-url', 'http://127.0.0.1:8480', '--logs-url', 'http://127.0.0.1:3100'];

const cases: readonly Case[] = [
  {
    name: 'somebody with few rights is told which ones are missing, and nothing is changed',
    skip,
    run: async () => {
      const { token } = await server.account('Viewer');
      const said = await sentinel('install', [...wishes, '--yes'], { GRAFANA_TOKEN: token }).catch(messageOf);
      check(/may not make a folder \(folders:create\).*administrator/.test(said), said);
      const status = await sentinel('status');
      check(status.includes('missing  folder "Sentinel"'), status);
    },
  },
  {
    name: 'it is installed, with an account that annotates the one dashboard and may do nothing else',
    skip,
    run: async () => {
      const said = await sentinel('install', [...wishes, '--yes']);
      check(said.startsWith('0\n') && said.includes('Done.'), said);
      const token = readFileSync(tokenFile, 'utf8');
      check((await annotate(token, 'sentinel-annotations')) === 200, 'the account cannot annotate');
      check((await annotate(token, undefined)) === 403, 'the account may annotate the organisation');
      const status = await sentinel('status');
      check(status.startsWith('0\n'), status);
    },
  },
  {
    name: 'a second time nothing is done',
    skip,
    run: async () => {
      const said = await sentinel('install', [...wishes, '--yes']);
      check(said === `0\nEverything is there in ${url}.\n`, said);
    },
  },
  {
    name: 'everything that was made is taken out again',
    skip,
    run: async () => {
      await server.clean(['sentinel-test-install']);
      const said = await sentinel('uninstall', ['--yes']);
      check(said.startsWith('0\n'), said);
      const status = await sentinel('status', wishes);
      check(!status.includes('there    '), status);
    },
  },
];

const good = await runCases(cases);
rmSync(folder, { recursive: true });
process.exitCode = good ? 0 : 1;
