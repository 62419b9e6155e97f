import { expect, test } from '@jest/globals';
import { createManualClock } from '../grafana/testing/manual-clock.ts';
import { settled } from '../testing/scripted-transport.ts';
import { SlowWatch } from './slow-watch.ts';

const never = new Promise<never>(() => undefined);

function bench(afterMs: number) {
  const clock = createManualClock(0);
  const watch = new SlowWatch(clock, afterMs);
  const told: string[] = [];
  const wait = (name: string): void => void watch.limit(never).then(() => told.push(name));
  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await settled();
  }
  return { clock, told, wait, pass };
}

test('each is told after its own time, in order, and not before', async () => {
  const { told, wait, pass } = bench(100);
  wait('a');
  await pass(40);
  wait('b');
  await pass(59);
  expect(told).toEqual([]);
  await pass(1);
  expect(told).toEqual(['a']);
  await pass(39);
  expect(told).toEqual(['a']);
  await pass(1);
  expect(told).toEqual(['a', 'b']);
});

test('those that came close together share a look, at most an eighth of the time late', async () => {
  const { clock, told, wait, pass } = bench(80);
  wait('a');
  await pass(1);
  wait('b');
  await pass(79);
  expect(told).toEqual(['a']);
  await pass(10);
  expect(told).toEqual(['a', 'b']);
  expect(clock.sleeping()).toBe(0);
});

test('one timer serves all, and none is left when nobody waits', async () => {
  const { clock, told, wait, pass } = bench(100);
  for (let index = 0; index < 1000; index++) wait(String(index));
  expect(clock.sleeping()).toBe(1);
  await pass(100);
  expect(told).toHaveLength(1000);
  expect(clock.sleeping()).toBe(0);
  wait('later');
  expect(clock.sleeping()).toBe(1);
});

test('without a time nobody waits', async () => {
  const { clock, told, wait } = bench(0);
  wait('a');
  await settled();
  expect(told).toEqual(['a']);
  expect(clock.sleeping()).toBe(0);
});

test('work that is done before is not waited for, and its time passes unnoticed', async () => {
  const clock = createManualClock(0);
  const watch = new SlowWatch(clock, 100);
  let told = 0;
  void watch.limit(Promise.resolve()).then(() => told++);
  await settled();
  expect(told).toBe(1);
  clock.advance(100);
  await settled();
  expect(told).toBe(1);
  expect(clock.sleeping()).toBe(0);
});
