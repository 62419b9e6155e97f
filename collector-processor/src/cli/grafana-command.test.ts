import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startFakeGrafana } from './grafana/testing/fake-grafana.ts';
import { grafanaCommand } from './grafana-command.ts';

let grafana: Awaited<ReturnType<typeof startFakeGrafana>>;
let folder = '';
const wishes = ['--api-url', 'http://sentinel:8480', '--metrics-url', 'http://vm:8428'];

beforeEach(async () => {
  grafana = await startFakeGrafana();
  folder = mkdtempSync(join(tmpdir(), 'sentinel-grafana-'));
});
afterEach(() => {
  grafana.stop();
  rmSync(folder, { recursive: true });
});

const record = (): string => join(folder, 'record.json');
const tokenFile = (): string => join(folder, 'token');

async function run(verb: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const out: string[] = [];
  const stdout = { write: (text: string) => out.push(text) > 0 };
  const places = ['--url', `${grafana.url}/`, '--record', record(), '--token-file', tokenFile()];
  const code = await grafanaCommand.run({
    args: [verb, ...places, ...args],
    env: { GRAFANA_USER: 'admin', GRAFANA_PASSWORD: 'admin', SENTINEL_API_TOKEN: 'sntl_x', ...env },
    stdout,
    stderr: stdout,
  });
  return { code, out: out.join('') };
}

test('the plan says everything that will be done, and without --yes nothing is', async () => {
  const { code, out } = await run('install', wishes);
  expect(code).toBe(1);
  expect(out).toContain('data source "VictoriaMetrics" (prometheus): make it, at http://vm:8428');
  expect(out).toContain('folder "Sentinel": make it');
  expect(out).toContain('dashboard "Sentinel annotations" in it: make it');
  expect(out).toContain('app Sentinel 0.1.0: switch it on, with the sidecar at http://sentinel:8480');
  expect(out).toContain('service account "sentinel-annotations" (no role, Edit on the folder): make it, with a token');
  expect(out).toContain('Add --yes');
  expect((await run('install', [...wishes, '--yes', '--dry-run'])).code).toBe(0);
  expect(grafana.changes).toEqual([]);
});

test('it is made, the account may edit the folder and nothing else, and a second time nothing is done', async () => {
  expect((await run('install', [...wishes, '--yes'])).code).toBe(0);
  expect([...grafana.dashboards]).toEqual([['sentinel-annotations', 'sentinel']]);
  expect([...grafana.accounts.values()]).toEqual([{ name: 'sentinel-annotations', role: 'None', edits: ['sentinel'] }]);
  expect(grafana.tokens.has(readFileSync(tokenFile(), 'utf8'))).toBe(true);
  expect(grafana.plugin).toMatchObject({
    enabled: true,
    jsonData: { apiUrl: 'http://sentinel:8480', metricsUid: 'victoriametrics' },
    secureJsonFields: { apiToken: true },
  });
  expect(grafana.dataSources).toMatchObject([{ uid: 'victoriametrics', url: 'http://vm:8428', isDefault: true }]);
  const changes = grafana.changes.length;
  expect((await run('install', [...wishes, '--yes'])).out).toBe(`Everything is there in ${grafana.url}.\n`);
  expect((await run('status')).code).toBe(0);
  expect(grafana.changes).toHaveLength(changes);
});

test('what is there already is taken as it is, and is not removed', async () => {
  grafana.dataSources = [{ uid: 'mine', type: 'prometheus', name: 'Mine', isDefault: true }];
  grafana.plugin = {
    ...grafana.plugin,
    enabled: true,
    jsonData: { apiUrl: 'http://other:8480' },
    secureJsonFields: { apiToken: true },
  };
  const { out } = await run('install', [...wishes, '--yes']);
  expect(out).not.toMatch(/data source|app Sentinel/);
  await run('uninstall', ['--yes']);
  expect(grafana.dataSources).toHaveLength(1);
  expect(grafana.plugin).toMatchObject({ enabled: true, jsonData: { apiUrl: 'http://other:8480' } });
});

test('undo removes what was made, leaves a folder that others use, and forgets the rest', async () => {
  await run('install', [...wishes, '--yes']);
  grafana.dashboards.set('of-a-colleague', 'sentinel');
  const { out } = await run('uninstall', ['--yes']);
  expect(out).toContain('folder sentinel: holds other things, so it stays');
  expect([...grafana.dashboards.keys()]).toEqual(['of-a-colleague']);
  expect(grafana.accounts.size).toBe(0);
  expect(grafana.dataSources).toEqual([]);
  expect(grafana.plugin).toMatchObject({ enabled: false });
  grafana.dashboards.clear();
  await run('uninstall', ['--yes']);
  expect(grafana.folders.size).toBe(0);
  expect(existsSync(record())).toBe(false);
  expect((await run('uninstall', ['--yes'])).out).toContain('has nothing that was made');
});

test('what was made before a failure is on record and can be undone; the next run goes on from there', async () => {
  grafana.broken = '/api/serviceaccounts';
  await expect(run('install', [...wishes, '--yes'])).rejects.toMatchObject({ code: 'SENTINEL_GRAFANA_FAILED' });
  expect(JSON.parse(readFileSync(record(), 'utf8'))).toMatchObject({ url: grafana.url, made: expect.any(Array) });
  grafana.broken = undefined;
  expect((await run('install', [...wishes, '--yes'])).out).not.toContain('folder "Sentinel"');
  await run('uninstall', ['--yes']);
  expect([grafana.folders.size, grafana.accounts.size]).toEqual([0, 0]);
});

test('a token that somebody revoked is replaced, and only that', async () => {
  await run('install', [...wishes, '--yes']);
  writeFileSync(tokenFile(), 'glsa_old');
  expect((await run('install', ['--yes'])).out).toMatch(/^In \S+:\n {2}service account .*: make a token\n/);
  expect(grafana.accounts.size).toBe(1);
});

test.each([
  ['too old', () => (grafana.version = '12.4.1'), 'needs 13.1 or newer'],
  ['without the app', () => (grafana.plugin = undefined), 'has no plugin sentinel-observability-app'],
  [
    'asked by somebody with few rights',
    () => delete grafana.rights['serviceaccounts:create'],
    'make that account (serviceaccounts:create)',
  ],
])('a Grafana that is %s is told, with what to do, before anything is changed', async (_name, spoil, text) => {
  spoil();
  await expect(run('install', [...wishes, '--yes'])).rejects.toThrow(text);
  expect(grafana.changes).toEqual([]);
});

test.each([
  ['credentials that are wrong', ['--yes'], { GRAFANA_TOKEN: 'wrong' }, 'does not know these credentials'],
  ['an app that nobody says where to lead', ['--yes'], {}, 'give --api-url'],
  ['an address where nobody is', ['--url', 'http://127.0.0.1:1'], {}, 'does not answer at http://127.0.0.1:1'],
])('%s are told with what to do', async (_name, args, env, text) => {
  await expect(run('install', args, env)).rejects.toThrow(text);
  expect(grafana.changes).toEqual([]);
});

test('a record of another Grafana is not mixed up with this one', async () => {
  writeFileSync(record(), JSON.stringify({ version: 1, url: 'http://other', made: [] }));
  await expect(run('install', [...wishes, '--yes'])).rejects.toThrow('is the record of http://other');
});
