import { expect, test } from '@jest/globals';
import type { AskMatrix } from '../../model/metrics-query.ts';
import { createAskMatrix } from '../../publish/history/ask-matrix.ts';
import { createMetricsStore } from '../../publish/history/metrics-store.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { BudgetShelf } from '../budget/budget-shelf.ts';
import type { Budget } from '../budget/budget.ts';
import { CountKeeper } from '../budget/count-keeper.ts';
import { readSloFiles } from '../files/read-slo-files.ts';
import { QueryFeed } from './query-feed.ts';

const url = process.env['VICTORIAMETRICS_URL'];
const title = 'a real VictoriaMetrics is asked for the window before, by group, and its gaps stay gaps';
const minute = 60_000;
const hour = 60 * minute;

if (url === undefined) test.skip(`${title} (VICTORIAMETRICS_URL is not set)`, () => undefined);
else test(title, () => againstServer(url), 60_000);

async function againstServer(endpoint: string): Promise<void> {
  const suffix = `t${Date.now()}`;
  const nowMs = Math.floor(Date.now() / minute) * minute;
  const gap = { fromMs: nowMs - 2 * hour, toMs: nowMs - 90 * minute };
  await fetch(`${endpoint}/api/v1/import/prometheus`, { method: 'POST', body: samples(suffix, nowMs, gap) });
  const names = { bad: `sum by (region) (errors_${suffix})`, total: `sum by (region) (requests_${suffix})` };
  const text = `
version: sentinel/v1
slos:
  - { name: errors, service: shop, objective: 99, window: 4d, indicator: { ratio: ${JSON.stringify(names)} } }
  - name: queue
    service: shop
    objective: 90
    window: 4d
    indicator: { threshold: { query: ${JSON.stringify(`max(queue_${suffix})`)}, is: "<=", value: 100, slice: 1m } }
---
version: prometheus/v1
service: shop
slos:
  - name: raw
    objective: 99
    sli: { raw: { error_ratio_query: ${JSON.stringify(raw(suffix))} } }
    alerting: { name: Raw, page_alert: { disable: true }, ticket_alert: { disable: true } }
`;
  const { objectives, problems } = readSloFiles([{ name: 'slos.yaml', text }]);
  expect(problems).toEqual([]);
  const around = { onNew: () => undefined, onGone: () => undefined };
  const shelf = new BudgetShelf({ objectives, maxBudgets: 9, ...around });
  const ledger = { keep: () => Promise.resolve(true), since: () => Promise.resolve([]), of: () => Promise.resolve([]) };
  const store = createMetricsStore({
    options: { endpoint, headers: {}, timeout: 30_000, maxBytes: 16 * 1024 ** 2 },
    tenantHeaders: () => ({}),
    fetch: globalThis.fetch,
  });
  const clock = {
    nowMs: () => nowMs,
    monotonicMs: () => performance.now(),
    sleep: () => new Promise<void>((resolve) => void setTimeout(resolve, 1)),
  };
  const options = { every: minute, lag: 0, again: 0, maxSteps: 1000, queriesPerSecond: 100, retryAfter: 1000 };
  const ask = createAskMatrix(store, '');
  const parts = { ask, clock, logger: silentLogger, metrics: createSelfMetrics() };
  const feed = new QueryFeed({ ...parts, options, objectives, shelf, keeper: new CountKeeper(ledger, shelf) });
  // What was imported is to be searched first.
  await searchable(ask, `requests_${suffix}`, nowMs);
  feed.start();
  const isWhole = () => shelf.all().every((budget) => feed.isWhole(budget));
  while (!isWhole()) await new Promise((resolve) => setTimeout(resolve, 20));
  await feed.stop();

  expect(new Set(shelf.all().map(({ id }) => id))).toEqual(
    new Set(['shop-errors:region=eu', 'shop-errors:region=us', 'shop-raw', 'shop-queue']),
  );
  const find = (id: string) => shelf.find(id) ?? failed(id);
  const [eu, us, rawShare, queue] = ['errors:region=eu', 'errors:region=us', 'raw', 'queue'].map((id) =>
    find(`shop-${id}`),
  ) as [Budget, Budget, Budget, Budget];
  const lastHour = { fromMs: nowMs - hour, toMs: nowMs };
  expect(eu.hour(nowMs - hour).filter((one) => one !== undefined)).toHaveLength(60);
  expect(eu.hour(nowMs - hour)[5]).toEqual({ total: 120, bad: 2 });
  expect(us.unknownMinutes({ fromMs: nowMs - 2 * hour, toMs: nowMs })).toBe(0);
  expect(eu.unknownMinutes(lastHour)).toBe(0);
  // The store takes what lies up to a look-back before a time for its value.
  const unknown = eu.unknownMinutes(gap);
  expect(unknown).toBeGreaterThanOrEqual(24);
  expect(unknown).toBeLessThanOrEqual(30);
  expect(rawShare.hour(nowMs - hour)[5]).toEqual({ total: 1, bad: expect.closeTo(1 / 60, 5) });
  expect(queue.hour(nowMs - hour).filter((one) => one?.bad === 1)).toHaveLength(10);
}

async function searchable(ask: AskMatrix, query: string, nowMs: number): Promise<void> {
  for (let asked = 0; asked < 60; asked++) {
    const answer = await ask(query, { fromMs: nowMs, toMs: nowMs, stepMs: minute }, AbortSignal.timeout(9000));
    if (answer.kind === 'rows' && answer.rows.length === 2) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function failed(id: string): never {
  throw new Error(`There is no budget ${id}.`);
}

function raw(suffix: string): string {
  return `sum(rate(errors_${suffix}[{{.window}}])) / sum(rate(requests_${suffix}[{{.window}}]))`;
}

/** Three hours, each half minute: sixty requests of each region, one of them bad; one region is silent for a while. */
function samples(suffix: string, nowMs: number, gap: { readonly fromMs: number; readonly toMs: number }): string {
  const lines: string[] = [];
  for (let timeMs = nowMs - 3 * hour; timeMs <= nowMs; timeMs += minute / 2) {
    const count = (timeMs - nowMs + 3 * hour) / (minute / 2);
    for (const region of ['eu', 'us']) {
      if (region === 'eu' && timeMs >= gap.fromMs && timeMs < gap.toMs) continue;
      lines.push(`requests_${suffix}{region="${region}"} ${count * 60} ${timeMs}`);
      lines.push(`errors_${suffix}{region="${region}"} ${count} ${timeMs}`);
    }
    const isLong = timeMs > nowMs - 30 * minute && timeMs <= nowMs - 20 * minute;
    lines.push(`queue_${suffix} ${isLong ? 500 : 5} ${timeMs}`);
  }
  return `${lines.join('\n')}\n`;
}
