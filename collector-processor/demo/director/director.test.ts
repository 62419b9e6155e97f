import { beforeEach, expect, test } from '@jest/globals';
import type { Clock } from '../../src/runtime/clock.ts';
import type { Fault } from '../faults/fault.ts';
import { latency } from '../faults/latency.ts';
import type { ShopControls } from '../shop/shop.ts';
import { createDirector } from './director.ts';

/** A clock whose sleeps end only when the test lets time pass. */
function createManualClock() {
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  let now = 0;
  const clock: Clock = {
    nowMs: () => now,
    monotonicMs: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) resolve();
        signal?.addEventListener('abort', () => resolve());
        sleepers.push({ until: now + ms, wake: resolve });
      }),
  };
  return {
    clock,
    async pass(ms: number) {
      now += ms;
      for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const shop: ShopControls = {
  tell: () => Promise.resolve(),
  freeze: () => Promise.resolve(),
  deploy: () => Promise.resolve(),
};
const fault: Fault = { ...latency, durationMs: 20_000, recoveryMs: 10_000 };

let story: string[];
let time: ReturnType<typeof createManualClock>;
let abort: AbortController;

beforeEach(() => {
  story = [];
  time = createManualClock();
  abort = new AbortController();
});

function director() {
  return createDirector({
    shop,
    clock: time.clock,
    abort: abort.signal,
    onInjected: ({ id, startMs }) => story.push(`${id} in at ${startMs}`),
    onEnded: ({ id, endMs }) => story.push(`${id} out at ${endMs ?? 'never'}`),
    settled: () => Promise.resolve(),
    onFailed: (failed, error) => story.push(`${failed.name} failed: ${String(error)}`),
  });
}

test('a schedule is followed one fault after the other', async () => {
  const done = director().follow([
    { fault, waitMs: 60_000 },
    { fault, waitMs: 5_000 },
  ]);
  for (let second = 0; second < 130; second++) await time.pass(1_000);
  await done;
  expect(story).toEqual([
    'latency-1 in at 60000',
    'latency-1 out at 80000',
    'latency-2 in at 95000',
    'latency-2 out at 115000',
  ]);
});

test('a second fault is refused until the first has been worked off', async () => {
  const { inject } = director();
  expect(inject(fault)).toEqual({ kind: 'accepted' });
  await time.pass(0);
  for (let second = 0; second < 29; second++) {
    await time.pass(1_000);
    expect(inject(fault)).toEqual({ kind: 'busy', running: fault });
  }
  await time.pass(1_000);
  expect(inject(fault)).toEqual({ kind: 'accepted' });
});

test('a fault that was asked for goes before the one that is due', async () => {
  const { inject, follow } = director();
  const done = follow([{ fault, waitMs: 1_000 }]);
  await time.pass(500);
  inject(fault);
  await time.pass(0);
  for (let second = 0; second < 80; second++) await time.pass(1_000);
  await done;
  expect(story).toEqual([
    'latency-1 in at 500',
    'latency-1 out at 20500',
    'latency-2 in at 30500',
    'latency-2 out at 50500',
  ]);
});

test('a fault that cannot be injected is told, and the next one can be', async () => {
  const { inject } = director();
  inject({ ...fault, inject: () => Promise.reject(new Error('no such service')) });
  await time.pass(0);
  expect(story).toEqual(['latency failed: Error: no such service']);
  expect(inject(fault)).toEqual({ kind: 'accepted' });
});

test('an abort ends the schedule at once, without recovering a shop that is going away', async () => {
  const done = director().follow([{ fault, waitMs: 1_000 }]);
  await time.pass(1_000);
  abort.abort();
  await done;
  expect(story).toEqual(['latency-1 in at 1000']);
});
