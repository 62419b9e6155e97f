import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type App, startApp } from '../app.ts';
import { camelCase } from '../config/camel-case.ts';
import { loadSettings, type Settings, settingsSchema } from '../config/schema.ts';
import { settingLeaves } from '../config/testing/settings-leaves.ts';
import { systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import type { SettingSchema } from '../runtime/yaml/setting-schema.ts';

const leaves = settingLeaves(settingsSchema as SettingSchema);
/** Of files that changed settings lead to. */
const folder = mkdtempSync(join(tmpdir(), 'sentinel-reload-'));
const backends = { backends: { otlphttp: { endpoint: 'http://127.0.0.1:1' } } };
const base = read({
  receivers: { otlp: { max_memory: '0B', grpc: { endpoint: '127.0.0.1:0' }, http: { endpoint: '127.0.0.1:0' } } },
  forward: { ...backends, write_ahead_log: { path: 'none' } },
  score: { max_series: 100, max_streams: 1000, max_histogram_counts: 1024, max_templates: 100, max_remembered: 100 },
  publish: backends,
  store: { path: ':memory:' },
  api: { endpoint: '127.0.0.1:0' },
});

function read(written: unknown): Settings {
  const result = loadSettings(JSON.stringify(written), { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

/** The base with another value of that setting. Most are taken by whoever reads them; a refusal is an answer too. */
function changed(path: readonly string[], { type, enum: choices }: SettingSchema): Settings {
  const next = structuredClone(base) as unknown as Record<string, unknown>;
  const names = path.map((name) => camelCase(name));
  const parent = names.slice(0, -1).reduce((at, name) => at[name] as Record<string, unknown>, next);
  const last = names.at(-1) ?? '';
  const value = parent[last];
  if (choices !== undefined) parent[last] = choices.find((choice) => choice !== value);
  else if (typeof value === 'number') parent[last] = type === 'number' ? value + 0.125 : value + 1;
  else if (typeof value === 'boolean') parent[last] = !value;
  else if (Array.isArray(value)) parent[last] = [...(value as unknown[]), path.at(-1) === 'org_ids' ? 2 : 'traces'];
  else if (typeof value === 'object') parent[last] = { ...value, 'x-other': 'other' };
  else parent[last] = path.at(-1) === 'endpoint' ? 'localhost:0' : join(folder, `other-${path.join('.')}`);
  return next as unknown as Settings;
}

let app: App;
let next = base;
let exchanged: readonly string[] = [];
beforeAll(async () => {
  const logger = {
    ...silentLogger,
    info: (fields: Readonly<Record<string, unknown>>) => {
      if (Array.isArray(fields['exchanged'])) exchanged = fields['exchanged'] as string[];
    },
  };
  app = await startApp({
    settings: base,
    reread: () => ({ kind: 'settings', settings: next }),
    clock: systemClock,
    logger,
  });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function reload(settings: Settings) {
  next = settings;
  exchanged = [];
  return app.reload();
}

test('a file that is as it was exchanges nothing and needs nothing', async () => {
  expect(await reload(structuredClone(base))).toMatchObject({ kind: 'reloaded', restartNeeded: [] });
  expect(exchanged).toEqual([]);
});

test('every setting is applied by a reload, or refused, or named as needing a restart', async () => {
  const unnoticed: string[] = [];
  const named: string[] = [];
  for (const { path, schema } of leaves) {
    const outcome = await reload(changed(path, schema));
    if (outcome.kind === 'reloaded') {
      const { restartNeeded } = outcome;
      named.push(...restartNeeded);
      if (exchanged.length === 0 && restartNeeded.length === 0) unnoticed.push(path.join('.'));
      if (restartNeeded.length > 0) expect(restartNeeded).toEqual([path.join('.')]);
    }
    if (exchanged.length > 0 || outcome.kind !== 'reloaded') await reload(base);
  }
  expect(unnoticed).toEqual([]);
  expect(named).toContain('forward.write_ahead_log.path');
  const workers = ['receivers.otlp.workers', 'receivers.otlp.worker_backlog'];
  expect(named.filter((name) => name.startsWith('receivers.'))).toEqual(workers);
  expect(new Set(named.map((name) => name.split('.')[0]))).toEqual(
    new Set(['receivers', 'decode', 'forward', 'feedback', 'recorder', 'store', 'api', 'telemetry', 'shutdown']),
  );
}, 240_000);
