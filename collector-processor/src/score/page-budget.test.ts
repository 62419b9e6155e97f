import { expect, test } from '@jest/globals';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { PageBudget } from './page-budget.ts';
import { createRandom } from './testing/random.ts';
import { createSeriesRunner } from './testing/series-runner.ts';

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
