import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AnomalyEvent, ScoredBucket } from '../model/anomaly.ts';
import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import type { Clock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createMask } from '../runtime/masking.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import type { ScoreOptions } from './options.ts';
import { createScoreStage } from './score-stage.ts';
import { readTestAttributes, spanColumns } from './testing/columns.ts';
import { createRandom } from './testing/random.ts';
import { resourceOf } from './testing/resources.ts';
import { testOptions } from './testing/test-options.ts';

const START_MS = Date.UTC(2026, 2, 3, 12);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'score-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A stage whose clock goes on only when the test sleeps it on. */
function createStage(changes: Partial<ScoreOptions> = {}) {
  const time = { ms: 0, costPerLook: 0 };
  const sleepers = new Set<() => void>();
  const clock: Clock = {
    nowMs: () => START_MS + time.ms,
    monotonicMs: () => (time.ms += time.costPerLook),
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(wake);
          resolve();
        };
        sleepers.add(wake);
        signal?.addEventListener('abort', wake);
      }),
  };
  const scores: ScoredBucket[] = [];
  const events: AnomalyEvent[] = [];
  const metrics = createSelfMetrics();
  const stage = createScoreStage({
    ...{ options: testOptions({ bucket: 1000, ...changes }), readAttributes: readTestAttributes, mask: createMask([]) },
    ...{ clock, logger: silentLogger, metrics },
    onScores: (buckets) => scores.push(...buckets),
    onAnomaly: (event) => events.push(event),
    onChange: () => undefined,
    onForecasts: () => undefined,
  });

  async function pass(ms: number): Promise<void> {
    time.ms += ms;
    for (const wake of [...sleepers]) wake();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  function spansOf(count: number, latencyMs = 20) {
    const random = createRandom(time.ms);
    return spanColumns(
      resourceOf({ service: 'checkout' }),
      Array.from({ length: count }, () => ({
        name: 'GET /cart',
        endMs: START_MS + time.ms,
        durationMs: latencyMs * Math.exp(0.3 * random.normal()),
      })),
    );
  }

  return { stage, time, scores, events, metrics, pass, spansOf };
}

function request(text: string, changes: Partial<ExportRequest> = {}): ExportRequest {
  const payload = new TextEncoder().encode(text);
  const wire = { wire: 'http', encoding: 'protobuf', compression: 'identity' } as const;
  return { signal: 'traces', ...wire, body: payload, payload, headers: {}, tenant: '', receivedAtMs: 0, ...changes };
}

describe('in the background', () => {
  test('buckets close as time goes by, and findings are told', async () => {
    const { stage, scores, events, pass, spansOf } = createStage();
    await stage.start();
    for (let second = 0; second < 50; second++) {
      stage.accept(spansOf(20), { tenant: '' });
      await pass(1000);
    }
    expect(scores.length).toBeGreaterThan(0);
    for (let second = 0; second < 6; second++) {
      stage.accept(spansOf(20, 200), { tenant: '' });
      await pass(1000);
    }
    await stage.stop();
    expect(events.map(({ anomaly }) => anomaly.series.measure)).toContain('p50');
    expect(stage.traffic('traces')).toEqual({ scored: 56 * 20, unscored: 0 });
    expect(stage.traffic('logs')).toEqual({ scored: 0, unscored: 0 });
  });

  test('the history of a published series can be read back', async () => {
    const { stage, scores, time, pass, spansOf } = createStage();
    await stage.start();
    for (let second = 0; second < 45; second++) {
      stage.accept(spansOf(20), { tenant: '' });
      await pass(1000);
    }
    await stage.stop();
    const series = scores.find(({ series: { measure } }) => measure === 'rate')?.series;
    const all = { fromMs: 0, toMs: START_MS + time.ms };
    const history = stage.history(series?.id ?? '', all);
    expect(history).toMatchObject({ title: 'Request rate of checkout', stepMs: 1000 });
    expect(history?.timeMs.length).toBe(history?.score.length);
    expect(history?.timeMs.length).toBeGreaterThan(5);
    expect(stage.history(series?.id ?? '', { fromMs: 0, toMs: 1 })?.timeMs).toEqual([]);
    expect(stage.history('0000000000000000', all)).toBeUndefined();
  });

  test('what was learned passes to the next stage through its file', async () => {
    const snapshot = { path: join(folder, 'learned'), interval: 3_600_000 };
    const first = createStage({ snapshot });
    await first.stage.start();
    for (let second = 0; second < 45; second++) {
      first.stage.accept(first.spansOf(20), { tenant: '' });
      await first.pass(1000);
    }
    await first.stage.stop();
    const second = createStage({ snapshot });
    await second.stage.start();
    expect(second.stage.coverageCounts()).toEqual(first.stage.coverageCounts());
    await second.stage.stop();
  });
});

describe('under overload', () => {
  test('batches beyond the time budget are left out and counted, and the bucket is not judged', async () => {
    const { stage, time, metrics, pass, spansOf } = createStage({ cpuShare: 0.1 });
    await stage.start();
    for (let second = 0; second < 40; second++) {
      stage.accept(spansOf(20), { tenant: '' });
      await pass(1000);
    }
    time.costPerLook = 30;
    for (let batch = 0; batch < 20; batch++) stage.accept(spansOf(1), { tenant: '' });
    time.costPerLook = 0;
    expect(stage.traffic('traces').unscored).toBeGreaterThan(5);
    expect(metrics.render()).toContain('sentinel_unscored_items_total{signal="traces",reason="overload"}');
    await pass(3000);
    await stage.stop();
  });

  test('an empty bucket that was left out is no fall of the rate', async () => {
    const { stage, time, events, pass, spansOf } = createStage({ cpuShare: 0.1 });
    await stage.start();
    for (let second = 0; second < 60; second++) {
      stage.accept(spansOf(20), { tenant: '' });
      await pass(1000);
    }
    for (let second = 0; second < 5; second++) {
      time.costPerLook = 120;
      stage.accept(spansOf(1), { tenant: '' });
      stage.accept(spansOf(19), { tenant: '' });
      time.costPerLook = 0;
      await pass(1000);
    }
    await stage.stop();
    expect(events).toEqual([]);
  });
});

describe('a request that comes again', () => {
  const accepted: ExportOutcome = { kind: 'accepted' };
  const retry: ExportOutcome = { kind: 'retry', reason: 'backend is down' };

  test.each([
    ['was accepted', request('a'), accepted, false],
    ['was to be sent again', request('a'), retry, true],
    ['was refused', request('a'), { kind: 'refused', reason: 'no', cause: 'malformed' } as const, true],
    ['was accepted, but its sender had gone', request('a', { abandoned: AbortSignal.abort() }), accepted, true],
  ])('and %s', (_name, sent, outcome, repeated) => {
    const { stage } = createStage();
    stage.settled(sent, outcome);
    expect(stage.isRepeat(request('a'))).toBe(repeated);
  });

  test('is scored again once it got through', () => {
    const { stage, metrics } = createStage();
    stage.settled(request('a'), retry);
    expect(stage.isRepeat(request('a'))).toBe(true);
    stage.settled(request('a'), accepted);
    expect(stage.isRepeat(request('a'))).toBe(false);
    expect(metrics.render()).toContain('sentinel_repeated_requests_total 1');
  });
});
