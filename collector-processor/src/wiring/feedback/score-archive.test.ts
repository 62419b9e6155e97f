import { expect, test } from '@jest/globals';
import { createMetricsStore } from '../../publish/history/metrics-store.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { createScoreArchive } from './score-archive.ts';

const NOW = Date.UTC(2026, 2, 3);
const HOUR = 3_600_000;
const STEP = 60_000;

/** A store with a score a minute, which answers for the stretch that it is asked for. */
function archiveOf(changes: { maxPoints?: number; maxAnswerSize?: number; lookback?: number } = {}) {
  const asked: { fromMs: number; toMs: number }[] = [];
  const metrics = createSelfMetrics();
  const archive = createScoreArchive({
    options: { lookback: 24 * HOUR, maxPoints: 10_000, timeout: 1000, ...changes },
    metricsStore: createMetricsStore({
      options: { endpoint: 'http://vm/base', headers: {}, timeout: 1000, maxBytes: changes.maxAnswerSize ?? 1e6 },
      tenantHeaders: (tenant) => ({ 'x-scope-orgid': tenant }),
      fetch: (address, { body, headers }) => {
        expect(address).toBe('http://vm/base/api/v1/export');
        expect(headers).toEqual({ 'x-scope-orgid': 'acme' });
        const asking = body as URLSearchParams;
        const [fromMs, toMs] = ['start', 'end'].map((name) => 1000 * Number(asking.get(name)));
        asked.push({ fromMs: fromMs as number, toMs: toMs as number });
        const timestamps: number[] = [];
        for (let at = Math.ceil((fromMs as number) / STEP) * STEP; at <= (toMs as number); at += STEP)
          timestamps.push(at);
        const row = {
          metric: { __name__: 'anomaly_score', series_id: 's' },
          timestamps,
          values: timestamps.map(() => 1),
        };
        return Promise.resolve(new Response(`${JSON.stringify(row)}\n`));
      },
    }),
    nowMs: () => NOW,
    logger: silentLogger,
    metrics,
  });
  return { archive, asked, failed: () => metrics.render().includes('archive_failures_total 1') };
}

const all = new Map([['s', NOW - HOUR]]);

test('the newest comes first, in stretches that grow, and each step once, oldest first', async () => {
  const { archive, asked } = archiveOf();
  const steps = (await archive.read('acme', all)).get('s') ?? [];
  expect(asked.map(({ fromMs, toMs }) => Math.round((toMs - fromMs) / HOUR))).toEqual([6, 12, 5]);
  const times = steps.map(({ timeMs }) => timeMs);
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  expect([times[0], times.at(-1)]).toEqual([NOW - 24 * HOUR, NOW - HOUR - STEP]);
});

test('with more than may be taken the oldest is left out', async () => {
  const { archive, asked } = archiveOf({ maxPoints: 50 });
  const steps = (await archive.read('acme', all)).get('s') ?? [];
  expect([asked.length, steps.length, steps.at(-1)?.timeMs]).toEqual([1, 50, NOW - HOUR - STEP]);
});

test('an answer that is too long is counted, and what was read before it is kept', async () => {
  const { archive, failed } = archiveOf({ maxAnswerSize: 8_000 });
  const steps = (await archive.read('acme', all)).get('s') ?? [];
  expect([failed(), steps.length, steps.at(-1)?.timeMs]).toEqual([true, 360, NOW - HOUR - STEP]);
});

test('where nobody holds scores nobody is asked', async () => {
  const common = { options: { lookback: HOUR, maxPoints: 10, timeout: 10 }, nowMs: () => NOW, logger: silentLogger };
  const archive = createScoreArchive({ ...common, metricsStore: undefined, metrics: createSelfMetrics() });
  expect(await archive.read('', all)).toEqual(new Map());
});
