import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Schema from 'typebox/schema';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { loadSettings } from '../../src/config/schema.ts';
import { version } from '../../src/runtime/version.ts';
import { settingsChecks } from '../../src/wiring/checks/settings-checks.ts';
import { repository } from './compose-file.ts';

const chart = join(repository, 'deploy/helm/sentinel');
const read = (name: string): string => readFileSync(join(chart, name), 'utf8');
const values = parse(read('values.yaml')) as Readonly<Record<string, unknown>>;
const schema = Schema.Compile(JSON.parse(read('values.schema.json')) as object);
const helm = process.env['HELM_BIN'] ?? 'helm';
const hasHelm = spawnSync(helm, ['version']).error === undefined;

const forwarding = { forward: { backends: { loki: { endpoint: 'http://loki:3100' } } } };

describe('values', () => {
  test('those of the chart fit their schema, and each of them is in it', () => {
    expect(schema.Check(values)).toBe(true);
    const { properties } = JSON.parse(read('values.schema.json')) as { properties: object };
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(values)));
  });

  test.each([
    ['a misspelt value', { replica: 2 }],
    ['three replicas, of which one would do nothing', { replicas: 3 }],
    ['a mode that does not exist', { mode: 'daemon' }],
    ['an image that is another one tomorrow', { image: { repository: 'x', tag: 'latest' } }],
    ['a secret written into the values', { secrets: [{ name: 'TOKEN', value: 'glsa_x' }] }],
    ['a disk without a unit', { persistence: { size: '5' } }],
  ])('%s is refused', (_name, changed) => {
    expect(schema.Check({ ...values, ...changed })).toBe(false);
  });

  test('the chart is of this release', () => {
    expect(parse(read('Chart.yaml'))).toMatchObject({ version, appVersion: version });
  });
});

interface Manifest {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}

function template(changed: object): { readonly manifests: readonly Manifest[]; readonly error: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-chart-'));
  writeFileSync(join(folder, 'values.yaml'), stringify(changed));
  const args = ['template', 'sentinel', chart, '--values', join(folder, 'values.yaml')];
  const { stdout, stderr } = spawnSync(helm, args, { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const manifests = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest | null);
  return { manifests: manifests.filter((one) => one !== null), error: stderr };
}

const kinds = (changed: object): string[] =>
  template(changed)
    .manifests.map(({ kind }) => kind)
    .toSorted();

function configOf(changed: object) {
  const map = template(changed).manifests.find(({ kind }) => kind === 'ConfigMap');
  const env = { TOKEN: 'x', PGPASSWORD: 'x' };
  return loadSettings(map?.data?.['sentinel.yaml'] ?? ':', { env, readFile: () => '' }, settingsChecks);
}

(hasHelm ? describe : describe.skip)('helm template (HELM_BIN, or helm on the PATH)', () => {
  test('by default: one pod with a disk, and no right in the cluster', () => {
    expect(kinds({ config: forwarding })).toEqual(['ConfigMap', 'Service', 'ServiceAccount', 'StatefulSet']);
    expect(configOf({ config: forwarding })).toMatchObject({
      kind: 'settings',
      settings: { store: { path: '/var/lib/sentinel/sentinel.db' }, api: { endpoint: '0.0.0.0:8480' } },
    });
  });

  test('everything that can be switched on', () => {
    const changed = {
      replicas: 2,
      config: { ...forwarding, store: { url: 'postgres://s:${env:PGPASSWORD}@db/s' } },
      secrets: [{ name: 'PGPASSWORD', secret: 'db', key: 'password' }],
      serviceMonitor: { enabled: true },
      networkPolicy: { enabled: true, apiFrom: [{ podSelector: {} }] },
      rbac: { enabled: true, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
    };
    expect(kinds(changed)).toEqual(
      ['ConfigMap', 'NetworkPolicy', 'PodDisruptionBudget', 'Role', 'RoleBinding', 'Service', 'ServiceAccount']
        .concat(['ServiceMonitor', 'StatefulSet'])
        .toSorted(),
    );
    expect(configOf(changed)).toMatchObject({ kind: 'settings' });
    const text = JSON.stringify(template(changed).manifests);
    expect(text).toContain('"secretKeyRef":{"name":"db","key":"password"}');
    expect(text).toContain('/readyz?duty=active');
  });

  test('a Sentinel in each pod: its file, for the loopback', () => {
    expect(kinds({ mode: 'sidecar', config: forwarding })).toEqual(['ConfigMap']);
    expect(configOf({ mode: 'sidecar', config: forwarding })).toMatchObject({
      settings: { receivers: { otlp: { grpc: { endpoint: '127.0.0.1:4317' } } } },
    });
  });

  test('two without a store that both share are refused, with the reason', () => {
    expect(template({ replicas: 2, config: forwarding }).error).toContain('needs config.store.url');
  });
});
