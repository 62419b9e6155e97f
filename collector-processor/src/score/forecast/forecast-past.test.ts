import { expect, test } from '@jest/globals';
import type { HistoryOutcome, HistoryRequest } from '../../model/history.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { TestPoint } from '../testing/columns.ts';
import { shippedOptions } from '../testing/test-options.ts';
import { createWorld } from '../testing/world.ts';
import { fillPast } from './forecast-past.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function openWorld(answer: (request: HistoryRequest) => HistoryOutcome) {
  const forecast = { ...shippedOptions().forecast, every: MINUTE_MS };
  const world = createWorld({ bucket: MINUTE_MS, maxSeries: 50, maxStreams: 50, forecast });
  const asked: HistoryRequest[] = [];
  const time = { ms: 0 };
  const clock: Clock = {
    nowMs: world.nowMs,
    monotonicMs: () => time.ms,
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
  };
  const read = (request: HistoryRequest) => Promise.resolve((asked.push(request), answer(request)));
  const { places } = world.engine.forecaster;
  const live = (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      const common = { kind: 'sum', upDown: true, timeMs: world.nowMs() } as const;
      const free: TestPoint = { ...common, name: 'k8s.volume.available', value: 30 };
      const capacity: TestPoint = { ...common, name: 'k8s.volume.capacity', value: 100 };
      world.points({ service: 'db' }, [free, capacity]);
      world.advance(MINUTE_MS);
    }
  };
  const warm = async () => {
    const stop = new AbortController();
    const running = fillPast({ places, read, clock, span: 21 * DAY_MS, retryAfter: 1000 }, stop.signal);
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await running;
  };
  const listed = () => [...world.engine.forecaster.list(0)].map(({ item }) => item);
  return { world, asked, live, warm, listed, time };
}

/** Free space that falls by 10 a day, to 30 now. */
const falling =
  (nowMs: () => number) =>
  ({ fromMs, toMs, stepMs }: HistoryRequest): HistoryOutcome => {
    const timeMs = Float64Array.from({ length: (toMs - fromMs) / stepMs + 1 }, (_unused, i) => fromMs + i * stepMs);
    return { kind: 'values', timeMs, value: timeMs.map((time) => 30 + (10 * (nowMs() - time)) / DAY_MS) };
  };

test('a resource that was just seen has its weeks from the store, and a forecast and a finding at once', async () => {
  let nowMs = (): number => 0;
  const opened = openWorld((request) => falling(nowMs)(request));
  ({ nowMs } = opened.world);
  opened.live(2);
  expect(opened.listed()[0]?.state).toBe('learning');
  await opened.warm();
  expect(opened.asked.map(({ stepMs, series }) => [stepMs, series.metric])).toEqual([
    [3_600_000, 'k8s.volume.available'],
    [120_000, 'k8s.volume.available'],
  ]);
  opened.live(3);
  expect(opened.listed()[0]?.left.expected).toBeCloseTo(3, 0);
  expect(opened.world.opened().map(({ series }) => series.measure)).toEqual(['days_left']);
});

test('a store that fails is asked again later, one that has nothing is not', async () => {
  let outcome: HistoryOutcome = { kind: 'failed', reason: 'away' };
  const { live, warm, asked, time } = openWorld(() => outcome);
  live(2);
  await warm();
  expect(asked).toHaveLength(1);
  outcome = { kind: 'none' };
  time.ms += 1000;
  await warm();
  expect(asked).toHaveLength(3);
  time.ms += 1000;
  await warm();
  expect(asked).toHaveLength(3);
});
