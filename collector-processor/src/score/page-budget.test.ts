import { expect, test } from '@jest/globals';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { PageBudget } from './page-budget.ts';
import { restoreSnapshot, saveSnapshot } from './state/snapshot.ts';
import type { TestPoint } from './testing/columns.ts';
import { createRandom } from './testing/random.ts';
import { createSeriesRunner } from './testing/series-runner.ts';
import { shippedOptions } from './testing/test-options.ts';
import { createWorld, type World } from './testing/world.ts';

const HOUR_MS = 3_600_000;

function budgetOf(perDay: number) {
  const metrics = createSelfMetrics();
  const held = (): number => Number(/sentinel_pages_held_total (\d+)/.exec(metrics.render())?.[1] ?? 0);
  return { budget: new PageBudget({ perDay, metrics }), held };
}

test('a tenant pages so often a day and no more, and the next day again', () => {
  const { budget, held } = budgetOf(2);
  expect([0, 1, 2, 3].map((hour) => budget.take('a', hour * HOUR_MS))).toEqual([true, true, false, false]);
  expect(held()).toBe(2);
  expect(budget.take('a', 24.5 * HOUR_MS)).toBe(true);
  expect(budget.take('a', 24.6 * HOUR_MS)).toBe(false);
});

test('one tenant does not use up what another has', () => {
  const { budget } = budgetOf(1);
  expect(budget.take('a', 0)).toBe(true);
  expect(budget.take('b', 0)).toBe(true);
});

test('nought is no limit, and endless tenants do not pile up', () => {
  const free = budgetOf(0);
  expect(Array.from({ length: 100 }, () => free.budget.take('a', 0))).not.toContain(false);
  const { budget } = budgetOf(1);
  for (let tenant = 0; tenant < 3000; tenant++) expect(budget.take(String(tenant), tenant)).toBe(true);
});

test('a finding over the budget stays a notice and says so', () => {
  const borders = [1, 0].map((used) => {
    const random = createRandom(4);
    const runner = createSeriesRunner('value', { maxPagesPerDay: 1, pageSteps: 100 });
    for (let fault = 0; fault <= 1 - used; fault++) {
      for (let step = 0; step < 800; step++) runner.step(50 + random.normal());
      for (let step = 0; step < 6; step++) runner.step(90 + 2000 * fault);
    }
    for (let step = 0; step < 20; step++) runner.step(50 + random.normal());
    return runner.closed().at(-1);
  });
  expect(borders[0]).toMatchObject({ border: 'page' });
  expect(borders[1]).toMatchObject({ border: 'notice' });
  expect(borders[1]?.sentence).toContain('pages of this day are used up');
});

const MINUTE_MS = 60_000;
const GIB = 1024 ** 3;

/** Buckets of a minute, so that days go by quickly. */
function worldOf(changes: Parameters<typeof createWorld>[0] = {}) {
  const forecast = { ...shippedOptions().forecast, every: 30 * MINUTE_MS };
  return createWorld({ bucket: MINUTE_MS, maxSeries: 50, maxStreams: 50, forecast, ...changes });
}

function fillUp(world: World, minutes: number, from: number): void {
  for (let minute = 0; minute < minutes; minute += 5) {
    const used = Math.min(99, from + (60 * minute) / 1440) * GIB;
    const point = (state: string, value: number, mountpoint: string): TestPoint => ({
      ...{ name: 'system.filesystem.usage', kind: 'sum', upDown: true, unit: 'By', timeMs: world.nowMs(), value },
      attributes: { 'system.filesystem.mountpoint': mountpoint, 'system.filesystem.state': state },
    });
    const disk = (name: string) => [point('used', used, name), point('free', 100 * GIB - used, name)];
    world.points({ service: 'db' }, [...disk('/a'), ...disk('/b')]);
    world.advance(5 * MINUTE_MS);
  }
}

const bordersOf = (world: World) =>
  world.engine.forecaster.findings.anomalies().map(({ border, sentence }) => [border, sentence.includes('used up')]);

test('resources that run out take their pages from the same budget', () => {
  const world = worldOf({ maxPagesPerDay: 1 });
  fillUp(world, 1100, 40);
  expect(bordersOf(world)).toEqual([
    ['page', false],
    ['notice', true],
  ]);
  expect(world.counter('sentinel_pages_held_total')).toBe(1);
});

test('what paged before a reload is counted after it', () => {
  const world = worldOf({ maxPagesPerDay: 1 });
  expect(world.engine.state.pages.take('', world.nowMs())).toBe(true);
  const file = Buffer.concat([...saveSnapshot(world.engine.state, 0)]);
  const next = worldOf({ maxPagesPerDay: 1 });
  expect(restoreSnapshot(next.engine.state, file).kind).toBe('restored');
  expect(next.engine.state.pages.take('', next.nowMs())).toBe(false);
  expect(next.engine.state.pages.take('other', next.nowMs())).toBe(true);
});
