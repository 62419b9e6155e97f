import { describe, expect, test } from '@jest/globals';
import type { HistoryOutcome, HistoryRequest } from '../../model/history.ts';
import type { Clock } from '../../runtime/clock.ts';
import { restoreSnapshot, saveSnapshot } from '../state/snapshot.ts';
import type { TestPoint } from '../testing/columns.ts';
import { createRandom } from '../testing/random.ts';
import { createWorld, START_MS, type World } from '../testing/world.ts';

const STEP_MS = 10_000;
const DAY_MS = 86_400_000;
const random = createRandom(11);

/** What the queue was like for weeks: a level, a wave of a day, noise. */
const usual = (timeMs: number) => 100 + 30 * Math.sin((timeMs / DAY_MS) * 2 * Math.PI) + random.normal();

type Answer = (request: HistoryRequest) => HistoryOutcome;

/** Five minutes in two hours. */
const withFaults = (timeMs: number) => (timeMs % 7_200_000 < 300_000 ? 400 : usual(timeMs));

function stepsOf(valueAt: (timeMs: number) => number): Answer {
  return ({ fromMs, toMs, stepMs }) => {
    const length = Math.floor((toMs - fromMs) / stepMs) + 1;
    const timeMs = Float64Array.from({ length }, (_unused, i) => fromMs + i * stepMs);
    return { kind: 'values', timeMs, value: timeMs.map((time) => valueAt(time)) };
  };
}

const weeks = stepsOf(usual);

function openWorld(answer: Answer, changes: Partial<World['options']> = {}, startMs = START_MS) {
  const asked: HistoryRequest[] = [];
  const time = { ms: 0 };
  const clock: Clock = {
    nowMs: () => START_MS,
    monotonicMs: () => time.ms,
    // Each sleep is over at once, in a later turn.
    sleep: (ms) =>
      new Promise((resolve) => {
        time.ms += ms;
        setImmediate(resolve);
      }),
  };
  const read = (request: HistoryRequest) => {
    asked.push(request);
    return Promise.resolve(answer(request));
  };
  const world = createWorld({ bucket: STEP_MS, ...changes }, startMs, { read, clock });
  const live = (steps: number, valueAt = usual, name = 'queue.size') => {
    for (let step = 0; step < steps; step++) {
      const point: TestPoint = { name, kind: 'gauge', timeMs: world.nowMs(), value: valueAt(world.nowMs()) };
      world.points({ service: 'orders' }, [point]);
      world.advance(STEP_MS);
    }
  };
  /** Lets the background work until it has nothing to do. */
  const warm = async () => {
    const stop = new AbortController();
    const running = world.engine.warmStart?.run(stop.signal);
    for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await running;
  };
  const queue = () =>
    [...world.engine.coverage.listings(0)].find(({ item }) => item.series.metric === 'queue.size')?.item;
  return { world, asked, live, warm, queue, time };
}

describe('a new series', () => {
  test('learns from the weeks before it, tells nothing of them, and is judged at once', async () => {
    const { world, live, warm, queue, asked } = openWorld(weeks);
    live(5);
    expect(queue()).toMatchObject({ state: 'learning', learning: { history: 'waiting' } });
    await warm();
    expect(asked.map(({ stepMs }) => stepMs)).toEqual([STEP_MS, 600_000]);
    expect(queue()).toMatchObject({ state: 'scored', learning: { history: 'learned' } });
    expect(queue()?.learning).not.toHaveProperty('weekKnownAtMs');
    expect(world.engine.coverage.counts()).toMatchObject({ fromHistory: 1, awaitingHistory: 0 });
    live(5);
    expect(world.events).toEqual([]);
    live(3, () => 300);
    expect(world.opened().map(({ series }) => series.metric)).toEqual(['queue.size']);
    const [found] = world.opened();
    expect(Math.abs((found?.expected ?? NaN) - 100)).toBeLessThan(10);
  });

  for (const [name, past, odd] of [
    ['a quiet past', usual, 150],
    ['a past with faults that went over', withFaults, 1000],
  ] as const) {
    test(`is judged as if it had been watched all the time: ${name}`, async () => {
      const recent: Answer = (request) => (request.stepMs === STEP_MS ? stepsOf(past)(request) : { kind: 'none' });
      const young = openWorld(recent, { warmStart: { ...defaults(), steps: 1000 } });
      young.live(5, past);
      await young.warm();
      const old = openWorld(() => ({ kind: 'none' }), {}, START_MS - 1000 * STEP_MS);
      old.live(1005, past);
      for (const { live } of [young, old]) {
        live(20);
        live(3, () => odd);
      }
      expect(lastScore(old.world)).toBeGreaterThan(0.2);
      expect(Math.abs(lastScore(young.world) / lastScore(old.world) - 1)).toBeLessThan(0.3);
      expect(young.world.events.filter(({ kind }) => kind === 'closed')).toEqual([]);
    });
  }

  test('whose counter was stored as differences is found in that form', async () => {
    const answer: Answer = (request) => {
      const outcome = weeks(request);
      if (outcome.kind !== 'values') return outcome;
      return request.counter === 'delta' ? outcome : { ...outcome, value: outcome.value.map(() => 0) };
    };
    const { live, warm, queue, asked } = openWorld(answer);
    live(5);
    await warm();
    expect(asked.map(({ counter }) => counter)).toEqual(['cumulative', 'delta', 'delta']);
    expect(queue()?.learning.history).toBe('learned');
  });
});

describe('what is not used', () => {
  test('a past that does not meet the present: something else has that name', async () => {
    const other: Answer = (request) => {
      const outcome = weeks(request);
      return outcome.kind === 'values' ? { ...outcome, value: outcome.value.map((value) => 50 * value) } : outcome;
    };
    const { live, warm, queue } = openWorld(other);
    live(5);
    await warm();
    expect(queue()).toMatchObject({ state: 'learning', learning: { history: 'none' } });
  });

  test('no past, or one of a few steps: the series goes on learning live', async () => {
    const few: Answer = ({ toMs }) => ({
      kind: 'values',
      timeMs: Float64Array.of(toMs - STEP_MS, toMs),
      value: Float64Array.of(usual(toMs), usual(toMs)),
    });
    for (const answer of [few, () => ({ kind: 'none' }) as const]) {
      const { live, warm, queue } = openWorld(answer);
      live(5);
      await warm();
      expect(queue()).toMatchObject({ state: 'learning', learning: { history: 'none' } });
      live(40);
      expect(queue()?.state).toBe('scored');
    }
  });

  test('the past of a series that has learned more by itself, or has a finding', async () => {
    const { live, warm, asked } = openWorld(weeks, { warmStart: { ...defaults(), steps: 100 } });
    live(120);
    await warm();
    expect(asked).toEqual([]);
    const odd = openWorld(weeks);
    odd.live(60);
    odd.live(3, () => 900);
    expect(odd.world.opened()).toHaveLength(1);
    await odd.warm();
    expect(odd.asked).toEqual([]);
  });

  test('anything when it is switched off, and no more than may be looked up', async () => {
    const off = openWorld(weeks, { warmStart: { ...defaults(), enabled: false } });
    off.live(5);
    await off.warm();
    expect([off.asked, off.queue()?.learning]).toEqual([[], expect.not.objectContaining({ history: 'waiting' })]);
    const one = openWorld(weeks, { warmStart: { ...defaults(), maxLookups: 1 } });
    one.live(5);
    one.live(5, usual, 'queue.age');
    await one.warm();
    expect(new Set(one.asked.map(({ series }) => series.id)).size).toBe(1);
  });
});

describe('a store that fails', () => {
  test('is asked again later, and the series is judged meanwhile', async () => {
    let isAway = true;
    const answer: Answer = (request) => (isAway ? { kind: 'failed', reason: 'away' } : weeks(request));
    const { world, live, warm, queue, asked, time } = openWorld(answer);
    live(5);
    await warm();
    expect(queue()?.learning.history).toBe('failed');
    live(40);
    expect(queue()?.state).toBe('scored');
    const before = asked.length;
    isAway = false;
    time.ms += world.options.warmStart.retryAfter;
    await warm();
    expect(asked.length).toBeGreaterThan(before);
    expect(queue()?.learning.history).toBe('learned');
  });
});

test('after a restart nothing is asked that was asked before, and what was left is', async () => {
  const first = openWorld(weeks);
  first.live(5);
  await first.warm();
  first.live(5, usual, 'queue.age');
  const file = Buffer.concat([...saveSnapshot(first.world.engine.state, 0)]);
  const next = openWorld(weeks);
  expect(restoreSnapshot(next.world.engine.state, file).kind).toBe('restored');
  next.live(2);
  next.live(5, usual, 'queue.age');
  await next.warm();
  expect(new Set(next.asked.map(({ series }) => series.metric))).toEqual(new Set(['queue.age']));
  expect(next.queue()?.learning.history).toBe('learned');
});

const lastScore = ({ engine }: World): number =>
  [...engine.series.from(0)].find(({ series }) => series.metric === 'queue.size')?.lastScore ?? NaN;

function defaults() {
  return createWorld().options.warmStart;
}
