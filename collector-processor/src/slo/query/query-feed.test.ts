import { afterEach, expect, test } from '@jest/globals';
import type { AskMatrix, MatrixOutcome, MatrixRange } from '../../model/metrics-query.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { BudgetShelf } from '../budget/budget-shelf.ts';
import { CountKeeper } from '../budget/count-keeper.ts';
import { readSloFiles } from '../files/read-slo-files.ts';
import { QueryFeed, type QueryOptions } from './query-feed.ts';

const minute = 60_000;
const day = 1440 * minute;
const NOON = Date.parse('2026-03-20T12:00:00Z');
const options: QueryOptions = {
  ...{ every: minute, lag: minute, again: 0, maxSteps: 1_440, queriesPerSecond: 100, retryAfter: 30_000 },
};
const text = `version: sentinel/v1
slos: [{ name: a, service: shop, objective: 99, window: 4d, indicator: { ratio: { bad: errors_total, total: requests_total } } }]
`;
const { objectives } = readSloFiles([{ name: 'slos.yaml', text }]);

const started: QueryFeed[] = [];
afterEach(async () => {
  for (const feed of started.splice(0)) await feed.stop();
});

type Rows = (range: MatrixRange) => MatrixOutcome;

/** Ten events and one bad one a minute for each region, but for what `known` leaves out. */
function answering(regions: readonly string[], known: (timeMs: number) => boolean = () => true): Rows {
  return ({ fromMs, toMs, stepMs }) => {
    const times: number[] = [];
    for (let timeMs = fromMs; timeMs <= toMs; timeMs += stepMs) if (known(timeMs - minute)) times.push(timeMs);
    const row = (part: string, region: string, value: number) => ({
      labels: { slo_part: part, region },
      values: times.map((timeMs) => ({ timeMs, value })),
    });
    const rows = regions.flatMap((region) => [row('total', region, 10), row('bad', region, 1)]);
    return { kind: 'rows', rows };
  };
}

/** Runs until nothing is due, or so many questions were asked; time passes with pauses. */
function setUp(answer: Rows, over: Partial<QueryOptions> & { maxBudgets?: number } = {}) {
  const { maxBudgets = 9, ...own } = over;
  const shelf = new BudgetShelf({ objectives, maxBudgets, onNew: () => undefined, onGone: () => undefined });
  const ledger = { keep: () => Promise.resolve(true), since: () => Promise.resolve([]), of: () => Promise.resolve([]) };
  const metrics = createSelfMetrics();
  const asked: MatrixRange[] = [];
  const clock = {
    time: NOON,
    nowMs: () => clock.time,
    monotonicMs: () => clock.time,
    sleep(ms: number, signal?: AbortSignal) {
      clock.time += ms;
      return new Promise<void>((resolve) => {
        if (signal?.aborted === true) resolve();
        else setImmediate(resolve);
      });
    },
  };
  const ask: AskMatrix = (_query, range) => {
    asked.push(range);
    return Promise.resolve(answer(range));
  };
  const parts = {
    objectives,
    shelf,
    keeper: new CountKeeper(ledger, shelf),
    ask,
    clock,
    metrics,
    logger: silentLogger,
  };
  const feed = new QueryFeed({ ...parts, options: { ...options, ...own } });
  started.push(feed);
  const until = async (isOver: () => boolean) => {
    for (let turn = 0; turn < 10_000 && !isOver(); turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(isOver()).toBe(true);
  };
  const whole = () => until(() => shelf.all().every((budget) => feed.isWhole(budget)) && asked.length > 0);
  return { shelf, feed, asked, clock, metrics, until, whole };
}

test('the window before is asked for at start, newest first, in answers of a bounded length', async () => {
  const { shelf, feed, asked, whole } = setUp(answering(['']));
  feed.start();
  await whole();
  const newest = NOON - minute;
  expect(asked[0]).toEqual({ fromMs: newest - day + minute, toMs: newest, stepMs: minute });
  expect(asked.slice(0, 4).map(({ toMs }) => toMs)).toEqual([0, 1, 2, 3].map((days) => newest - days * day));
  const [budget] = shelf.all();
  expect(budget?.state(NOON).counts.total).toBe((4 * 1440 - 1) * 10);
});

test('each minute is asked for when it is over and its lag too, and again for what came late', async () => {
  const { feed, asked, whole, until, clock } = setUp(answering(['']), { again: 2 * minute });
  feed.start();
  await whole();
  const before = asked.length;
  await until(() => asked.length >= before + 3);
  for (const { fromMs, toMs } of asked.slice(before, before + 3)) expect(toMs - fromMs).toBe(2 * minute);
  const [first, second] = asked.slice(before);
  expect(second!.toMs - first!.toMs).toBe(minute);
  expect(clock.time).toBeGreaterThanOrEqual(second!.toMs + minute);
});

test('what the server does not know stays unknown: it is neither good nor bad', async () => {
  const gap = { fromMs: NOON - 2 * day, toMs: NOON - 2 * day + 90 * minute };
  const { shelf, feed, whole } = setUp(answering([''], (timeMs) => timeMs < gap.fromMs || timeMs >= gap.toMs));
  feed.start();
  await whole();
  const [budget] = shelf.all();
  expect(budget?.gaps({ fromMs: NOON - 3 * day, toMs: NOON - day })).toEqual([gap]);
  expect(budget?.unknownMinutes({ fromMs: NOON - 3 * day, toMs: NOON - day })).toBe(90);
  expect(budget?.state(NOON).counts.total).toBe((4 * 1440 - 1 - 90) * 10);
});

test('after a restart only what is not known is asked for', async () => {
  const { shelf, feed, asked, whole } = setUp(answering(['']));
  const [budget] = shelf.all();
  for (let ago = 5 * day; ago > 30 * minute; ago -= minute) {
    if (ago > 2 * day || ago <= 2 * day - 10 * minute) budget?.set(NOON - ago, { total: 10, bad: 1 });
  }
  feed.start();
  await whole();
  const gaps = asked.slice(0, 2).map(({ fromMs, toMs }) => (toMs - fromMs) / minute + 1);
  expect(gaps).toEqual([29, 10]);
});

test('labels make budgets of their own, as many as there is room for; the others are counted', async () => {
  const { shelf, feed, whole, metrics } = setUp(answering(['eu', 'us', 'asia']), { maxBudgets: 2 });
  expect(shelf.all().map(({ id }) => id)).toEqual(['shop-a']);
  feed.start();
  await whole();
  expect(shelf.all().map(({ id }) => id)).toEqual(['shop-a:region=eu', 'shop-a:region=us']);
  expect(metrics.render()).toContain('sentinel_slo_left_out_groups 1');
});

test('a server that fails is asked again later, for the same time', async () => {
  let fails = 2;
  const well = answering(['']);
  const failing: Rows = (range) => (fails-- > 0 ? { kind: 'failed', reason: 'away' } : well(range));
  const { shelf, feed, asked, whole, metrics, clock } = setUp(failing);
  feed.start();
  await whole();
  expect(asked[1]?.toMs).toBeGreaterThanOrEqual(asked[0]!.toMs);
  expect(clock.time).toBeGreaterThanOrEqual(NOON + 60_000);
  expect(metrics.render()).toContain('sentinel_slo_queries_total{outcome="failed"} 2');
  expect(shelf.all()[0]?.unknownMinutes({ fromMs: NOON - 3 * day, toMs: NOON - minute })).toBe(0);
});

test('after an answer that is too long less is asked for at a time', async () => {
  const well = answering(['']);
  const { feed, asked, whole, shelf } = setUp((range) =>
    range.toMs - range.fromMs > 400 * minute ? { kind: 'too-long' } : well(range),
  );
  feed.start();
  await whole();
  expect(asked.slice(0, 3).map(({ fromMs, toMs }) => (toMs - fromMs) / minute + 1)).toEqual([1440, 720, 360]);
  expect(shelf.all()[0]?.unknownMinutes({ fromMs: NOON - 3 * day, toMs: NOON - minute })).toBe(0);
});

test('after a long silence of the server the newest comes first, and then what lies before', async () => {
  let isAway = false;
  const well = answering(['']);
  const { feed, asked, whole, until, clock, shelf } = setUp(
    (range) => (isAway ? { kind: 'failed', reason: 'away' } : well(range)),
    { maxSteps: 60 },
  );
  feed.start();
  await whole();
  isAway = true;
  await until(() => clock.time > NOON + 5 * 60 * minute);
  isAway = false;
  const before = asked.length;
  const [budget] = shelf.all();
  await until(() => budget?.unknownMinutes({ fromMs: NOON, toMs: NOON + 4 * 60 * minute }) === 0);
  const [first] = asked.slice(before);
  expect(first!.toMs).toBeGreaterThan(NOON + 4 * 60 * minute);
});
