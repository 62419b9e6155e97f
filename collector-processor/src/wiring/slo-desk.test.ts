import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadSettings } from '../config/schema.ts';
import type { SloCrossing } from '../model/slo-crossing.ts';
import { systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { spanColumns } from '../score/testing/columns.ts';
import { resourceOf } from '../score/testing/resources.ts';
import { openStore } from '../store/open-store.ts';
import { aChange, anIncident, NOON } from '../store/testing/builders.ts';
import { storeOptions } from '../store/testing/store-kinds.ts';
import { createSlo } from './slo.ts';

const minute = 60_000;
const hour = 60 * minute;
const objectives = `
version: sentinel/v1
slos: [{ name: errors, service: checkout, objective: 99, window: 28d, indicator: { requests: {} } }]
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-slo-'));
  writeFileSync(join(folder, 'slos.yaml'), objectives);
});
afterEach(() => rmSync(folder, { recursive: true }));

const shop = resourceOf({ service: 'checkout' });

/** A hundred requests each minute of the last three hours, half of them bad from an hour to half an hour ago. */
async function open(yaml = '') {
  const text = `slo:\n  files: [${JSON.stringify(join(folder, 'slos.yaml'))}]\n${yaml}`;
  const loaded = loadSettings(text, { env: {}, readFile: () => '' });
  if (loaded.kind !== 'settings') throw new Error(JSON.stringify(loaded));
  const { settings } = loaded;
  const clock = { ...systemClock, nowMs: () => NOON };
  const metrics = createSelfMetrics();
  const store = await openStore({ options: storeOptions, clock, logger: silentLogger, metrics });
  const told: SloCrossing[] = [];
  const foundation = { settings, clock, logger: silentLogger, metrics, store, mask: (one: string) => one };
  const make = () => createSlo(foundation, () => [{ budget: (crossing: SloCrossing) => void told.push(crossing) }]);
  const slo = make();
  await slo.part.start();
  for (let ago = 3 * hour; ago > 0; ago -= minute) {
    const failed = ago > hour / 2 && ago <= hour;
    const request = { name: 'GET /', endMs: NOON - ago, durationMs: 5, weight: 50 };
    slo.part.current.observe(spanColumns(shop, [request, { ...request, failed }]));
  }
  return { ...slo, store, told, metrics, make };
}

test('a correction changes what is left, for the history too, until it is taken back', async () => {
  const { desk, part, store } = await open();
  const left = () => desk.list()[0]?.left;
  const before = left();
  expect(before).toBeCloseTo(1 - 1500 / 180);
  const scope = { service: 'checkout' };
  const times = { fromMs: NOON - hour, toMs: NOON - hour / 2, atMs: NOON };
  const about = { id: 'db', scope, reason: 'DB', author: 'ada', source: 'person' } as const;
  expect(await desk.correct({ ...times, ...about })).toMatchObject({ kind: 'done', isNew: true });
  expect(desk.list()[0]).toMatchObject({ left: 1, leftUncorrected: before, corrections: 1, takenOut: { bad: 1500 } });
  expect(part.current.leastLeft(scope)).toBe(1);
  const history = await desk.history('checkout-errors', { fromMs: NOON - 2 * hour, toMs: NOON }, 'hour');
  expect(history).toMatchObject({
    left: [1, 1],
    leftUncorrected: [1, expect.closeTo(before!)],
    corrections: [{ correction: { id: 'db' }, takenOut: { total: 3000, bad: 1500 } }],
    gaps: [],
  });
  await desk.reverse('db', { author: 'bo', reason: 'No', atMs: NOON });
  expect(left()).toBeCloseTo(before!);
  expect(part.current.leastLeft({ service: 'nobody' })).toBeUndefined();
  await part.stop();
  await store.close();
});

test('what burned is told by incident and change of the service, and the month by all of it', async () => {
  const { desk, part, store } = await open();
  const summary = anIncident({
    id: '7',
    services: ['checkout'],
    startMs: NOON - hour,
    endMs: NOON - 40 * minute,
    firing: 0,
  });
  await store.incidents.record(
    { incidentId: '7', sequence: 1, atMs: NOON - hour, actor: '', fact: { kind: 'opened', tenant: '' } },
    summary,
  );
  await store.changes.record(aChange({ id: 'deploy', service: 'checkout', timeMs: NOON - 45 * minute }));
  const burned = await desk.burned('checkout-errors', {});
  expect(burned?.items.map(({ kind, id, bad }) => [kind, id, bad])).toEqual([
    ['incident', '7', 1000],
    ['change', 'deploy', 500],
  ]);
  expect(burned?.rest.bad).toBe(0);
  const month = new Date(NOON).toISOString().slice(0, 7);
  const { slos, complete } = await desk.report(month);
  expect(complete).toBe(false);
  expect(slos).toMatchObject([{ id: 'checkout-errors', met: false, counts: { total: 18_000, bad: 1500 } }]);
  expect(slos[0]?.burners).toHaveLength(2);
  const { slos: past } = await desk.report('2020-01');
  expect(past).toMatchObject([{ met: null, left: null }]);
  await part.stop();
  await store.close();
});

test('a budget that burns is told once it is on record, and its gauges tell the same', async () => {
  const { part, store, told, metrics, desk, make } = await open();
  await part.stop();
  const again = make();
  await again.part.start();
  expect(told).toMatchObject([{ slo: 'checkout-errors', from: 'none', to: 'exhausted' }]);
  expect((await desk.history('checkout-errors', {}, undefined))?.crossings).toEqual(told);
  const labels = 'sloth_id="checkout-errors",sloth_service="checkout",sloth_slo="errors"';
  expect(metrics.render()).toMatch(new RegExp(`sentinel_slo_budget_left_ratio\\{${labels}\\} -7\\.`));
  expect(metrics.render()).toContain(`sentinel_slo_burning{${labels},slo_tier="slow",sloth_severity="ticket"} 1`);
  await again.part.stop();
  await store.close();
});

test('planned work of the configuration is listed, and taken out when it begins', async () => {
  const begin = new Date(NOON - hour).toISOString().slice(0, 16);
  const window = `{ name: patches, service: checkout, begin: '${begin}', duration: 30m, repeat: FREQ=DAILY }`;
  const { desk, part, store } = await open(`  maintenance: [${window}]\n`);
  expect(desk.list()[0]).toMatchObject({ left: 1, corrections: 1, takenOut: { bad: 1500 } });
  expect(desk.maintenance().items).toMatchObject([
    { name: 'patches', scope: { service: 'checkout' }, next: { fromMs: NOON + 23 * hour, toMs: NOON + 23.5 * hour } },
  ]);
  await part.stop();
  await store.close();
});
