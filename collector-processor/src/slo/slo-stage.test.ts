import { afterEach, expect, jest, test } from '@jest/globals';
import type { HourOfCounts } from '../model/slo-counts.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { spanColumns, type TestSpan } from '../score/testing/columns.ts';
import { resourceOf } from '../score/testing/resources.ts';
import { readSloFiles } from './files/read-slo-files.ts';
import { SloStage } from './slo-stage.ts';

const NOON = Date.parse('2026-03-20T12:00:00Z');
const HOUR_MS = 3_600_000;

const text = `
version: sentinel/v1
slos:
  - { name: errors, service: shop, objective: 99, indicator: { requests: {} } }
  - { name: slow-pay, service: shop, objective: 90, indicator: { requests: { operation: POST /pay, slower_than: 300ms } } }
`;
const { objectives } = readSloFiles([{ name: 'slos.yaml', text }]);

const started: SloStage[] = [];
afterEach(async () => {
  jest.useRealTimers();
  for (const stage of started.splice(0)) await stage.stop();
});

const fails = () => Promise.reject(new Error('not asked'));

/** A store that fails while it is told to. */
function ledger() {
  const hours = new Map<string, HourOfCounts>();
  const fails = { now: false };
  return {
    ...{ hours, fails },
    keep(hour: HourOfCounts) {
      if (!fails.now) hours.set(`${hour.budget}/${hour.hourMs}`, hour);
      return Promise.resolve(!fails.now);
    },
    of: () => Promise.resolve([]),
    since(hourMs: number) {
      if (fails.now) return Promise.reject(new Error('away'));
      return Promise.resolve([...hours.values()].filter((hour) => hour.hourMs >= hourMs));
    },
  };
}

async function start(kept = ledger(), isActive = () => true) {
  const clock = { nowMs: () => NOON, monotonicMs: () => 0, sleep: () => Promise.resolve() };
  const metrics = createSelfMetrics();
  const parts = { objectives, ledger: kept, isActive, clock, logger: silentLogger, metrics };
  const corrections = { inForce: () => Promise.resolve([]), add: fails, reverse: fails };
  const crossings = { record: () => Promise.resolve(true), latest: () => Promise.resolve([]), between: fails };
  const prometheus = { every: 60_000, lag: 0, again: 0, maxSteps: 60, queriesPerSecond: 1, retryAfter: 1000 };
  const options = { maxBudgets: 9, maxCorrections: 9, maintenance: [], prometheus };
  const around = { options, corrections, crossings, onCrossing: () => undefined, ask: undefined };
  const stage = new SloStage({ ...parts, ...around });
  await stage.start();
  started.push(stage);
  return { stage, metrics };
}

const shop = resourceOf({ service: 'shop' });
const request = (over: Partial<TestSpan> = {}): TestSpan => ({
  name: 'GET /',
  endMs: NOON - 1000,
  durationMs: 10,
  ...over,
});
const countsOf = (stage: SloStage) => stage.budgets().map(({ budget, state }) => [budget.id, state.counts]);

test('requests that a service answers are counted, failed and slow ones as bad', async () => {
  const { stage, metrics } = await start();
  stage.observe(
    spanColumns(shop, [
      request(),
      request({ failed: true }),
      request({ name: 'POST /pay', durationMs: 301 }),
      request({ name: 'POST /pay', durationMs: 300 }),
      request({ kind: 3 }),
      request({ kind: 1 }),
    ]),
  );
  stage.observe(spanColumns(resourceOf({ service: 'cart' }), [request({ failed: true })]));
  expect(countsOf(stage)).toEqual([
    ['shop-errors', { total: 4, bad: 1 }],
    ['shop-slow-pay', { total: 2, bad: 1 }],
  ]);
  const labels = '{sloth_id="shop-errors",sloth_service="shop",sloth_slo="errors"}';
  expect(metrics.render()).toContain(`sentinel_slo_bad_events_total${labels} 1`);
});

test('a sampled request counts for those that were left out', async () => {
  const { stage } = await start();
  stage.observe(spanColumns(shop, [request({ weight: 10, failed: true }), request({ weight: 10 })]));
  expect(countsOf(stage)[0]).toEqual(['shop-errors', { total: 20, bad: 10 }]);
});

test('events of the far past and of the future are counted apart', async () => {
  const { stage, metrics } = await start();
  stage.observe(
    spanColumns(shop, [request(), request({ endMs: NOON + HOUR_MS }), request({ endMs: NOON - 90 * 24 * HOUR_MS })]),
  );
  expect(countsOf(stage)[0]).toEqual(['shop-errors', { total: 1, bad: 0 }]);
  expect(metrics.render()).toContain('sentinel_slo_misplaced_events_total 2');
});

test('counts survive a restart, and what comes after it is added', async () => {
  const kept = ledger();
  const { stage } = await start(kept);
  stage.observe(spanColumns(shop, [request(), request({ failed: true })]));
  await stage.stop();
  const { stage: next } = await start(kept);
  expect(countsOf(next)[0]).toEqual(['shop-errors', { total: 2, bad: 1 }]);
  next.observe(spanColumns(shop, [request()]));
  await next.stop();
  const { stage: third } = await start(kept);
  expect(countsOf(third)[0]).toEqual(['shop-errors', { total: 3, bad: 1 }]);
});

test('while the store fails nothing is lost: it is stored when that is back', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
  const kept = ledger();
  const { stage, metrics } = await start(kept);
  kept.fails.now = true;
  stage.observe(spanColumns(shop, [request()]));
  await jest.advanceTimersByTimeAsync(60_000);
  expect(kept.hours.size).toBe(0);
  expect(metrics.render()).toMatch(/sentinel_slo_store_faults_total [1-9]/);
  kept.fails.now = false;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(kept.hours.get(`shop-errors/${NOON - HOUR_MS}`)?.minutes[59]).toEqual({ total: 1, bad: 0 });
});

test('a store that cannot be read at start is asked again, and nothing is written over before', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
  const kept = ledger();
  const before = await start(kept);
  before.stage.observe(spanColumns(shop, [request(), request()]));
  await before.stage.stop();
  kept.fails.now = true;
  const { stage } = await start(kept);
  stage.observe(spanColumns(shop, [request()]));
  await jest.advanceTimersByTimeAsync(60_000);
  kept.fails.now = false;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(countsOf(stage)[0]).toEqual(['shop-errors', { total: 3, bad: 0 }]);
  expect(kept.hours.get(`shop-errors/${NOON - HOUR_MS}`)?.minutes[59]).toEqual({ total: 3, bad: 0 });
});

test('a standby writes nothing, and what it counted before is not counted again when it takes over', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
  const kept = ledger();
  let isActive = true;
  const { stage } = await start(kept, () => isActive);
  stage.observe(spanColumns(shop, [request()]));
  await jest.advanceTimersByTimeAsync(60_000);
  isActive = false;
  await jest.advanceTimersByTimeAsync(60_000);
  stage.observe(spanColumns(shop, [request()]));
  expect(kept.hours.get(`shop-errors/${NOON - HOUR_MS}`)?.minutes[59]).toEqual({ total: 1, bad: 0 });
  isActive = true;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(kept.hours.get(`shop-errors/${NOON - HOUR_MS}`)?.minutes[59]).toEqual({ total: 2, bad: 0 });
});
