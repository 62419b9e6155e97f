import { describe, expect, test } from '@jest/globals';
import type { BudgetSpent } from '../../model/incident.ts';
import { aSeries, wholeOf } from '../../store/testing/builders.ts';
import type { SeriesSteps } from '../causes/case-series.ts';
import { severityOf } from '../incidents/incident-facts.ts';
import { anomaly, bookWith, raise } from '../testing/books.ts';
import { ImpactWatch } from './impact-watch.ts';
import { severityOfImpact } from './severity-of-impact.ts';

const STEP_MS = 10_000;

function steps(value: readonly number[], part: Partial<SeriesSteps> = {}): SeriesSteps {
  const timeMs = value.map((_, index) => (index + 1) * STEP_MS);
  const zeros = value.map(() => 0);
  return { stepMs: STEP_MS, timeMs, value, expected: zeros, score: zeros, ...part };
}

/** Ten requests a second to the shop, of which this share fails in each step. */
function world(failing: readonly number[], slow: readonly number[] = []) {
  const known = new Map<string, SeriesSteps>();
  const state = { failing, budgets: [] as readonly BudgetSpent[], visitors: 0 };
  const series = (['rate', 'error_ratio', 'p95'] as const).map((measure) => ({
    title: measure,
    series: wholeOf(aSeries({ id: measure, measure, service: 'shop' })),
  }));
  const view = {
    series: () => series,
    links: () => [],
    steps(id: string) {
      known.set('rate', steps(state.failing.map(() => 10)));
      known.set('error_ratio', steps(state.failing, { expected: state.failing.map(() => 0.1) }));
      known.set(
        'p95',
        steps(
          slow.map(() => 2),
          { score: slow },
        ),
      );
      return known.get(id);
    },
  };
  const harm = { budgetsSpent: () => state.budgets, failedVisitors: () => state.visitors };
  return { watch: new ImpactWatch(view, harm), again: () => new ImpactWatch(view, harm), state };
}

function incidentOf(part: Parameters<typeof anomaly>[2] = {}) {
  const { book } = bookWith();
  raise(book, anomaly('shop', 'a', part));
  const look = (watch: ImpactWatch) => {
    const [found] = watch.look(book.all(), 60_000);
    if (found !== undefined) book.remark('1', { kind: 'impact', impact: found.impact }, { atMs: 60_000, actor: '' });
    return found?.impact;
  };
  return { book, look };
}

describe('the impact of an incident', () => {
  test('is what failed beyond the usual and what was slow, since it began', () => {
    const { watch } = world([0.1, 0.6, 0.6], [0, 1, 0]);
    const { look } = incidentOf({ startMs: STEP_MS });
    const impact = look(watch);
    expect(impact?.services).toEqual([
      { service: 'shop', environment: 'production', requests: 200, failed: 100, slow: expect.closeTo(2.5) },
    ]);
    expect(impact?.toMs).toBe(3 * STEP_MS);
  });

  test('is told again when it has doubled, and at the end, and never shrinks when steps are forgotten', () => {
    const { watch, state } = world([0.6]);
    const { book, look } = incidentOf();
    expect(look(watch)?.services[0]?.failed).toBe(50);
    state.failing = [0.6, 0.3];
    expect(look(watch)).toBeUndefined();
    state.failing = [NaN, NaN, 1];
    expect(look(watch)?.services[0]?.failed).toBeCloseTo(50 + 20 + 90);
    state.failing = [NaN, NaN, NaN, 0.3];
    const ended = anomaly('shop', 'a', { state: 'closed', endMs: 40_000 });
    book.anomaly({ kind: 'closed', anomaly: ended }, 50_000);
    expect(look(watch)?.services[0]?.failed).toBeCloseTo(180);
    const last = look(watch);
    expect(last).toBeUndefined();
    expect(book.all().map(severityOf)).toEqual(['critical']);
  });

  test('goes on after a restart where it was told last', () => {
    const { watch, again, state } = world([0.6, 0.6]);
    const { look } = incidentOf();
    expect(look(watch)?.services[0]?.failed).toBe(100);
    state.failing = [NaN, NaN, 1, 1];
    expect(look(again())?.services[0]?.failed).toBe(280);
  });

  test('is none of a service whose requests nobody sees, until a budget tells', () => {
    const { watch, state } = world([0.1]);
    const { look } = incidentOf();
    expect(look(watch)).toBeUndefined();
    state.budgets = [{ id: 'shop-availability', service: 'shop', share: 0.03 }];
    state.visitors = 7;
    expect(look(watch)).toMatchObject({ services: [], visitors: 7, budgets: [{ share: 0.03 }] });
  });
});

test.each([
  ['few failures, whatever their share', { failed: 49, requests: 49 }, 0, 'minor'],
  ['many failures among very many', { failed: 1000, requests: 100_000 }, 0, 'minor'],
  ['one request in ten', { failed: 100, requests: 1000 }, 0, 'major'],
  ['most requests', { failed: 60, requests: 100 }, 0, 'critical'],
  ['what an objective pages for', undefined, 0.02, 'major'],
  ['much of a budget', undefined, 0.1, 'critical'],
])('%s make it as bad as it is', (_name, harm, share, severity) => {
  const services = harm === undefined ? [] : [{ service: 'shop', environment: '', slow: 0, ...harm }];
  const budgets = share === 0 ? [] : [{ id: 'a', service: 'shop', share }];
  expect(severityOfImpact({ services, budgets })).toBe(severity);
});
