import { expect, test } from '@jest/globals';
import { type Logger, silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { LoopWatch } from './loop-watch.ts';

function world(isForwarded = true) {
  const metrics = createSelfMetrics();
  const warnings: unknown[] = [];
  const warn: Logger['warn'] = (fields) => warnings.push(fields);
  const watch = new LoopWatch({ isForwarded: () => isForwarded, logger: { ...silentLogger, warn }, metrics });
  const come = (text: string, receivedAtMs: number): void =>
    watch.passed({ signal: 'logs', payload: Buffer.from(text), receivedAtMs });
  const suspected = () => metrics.samples().find(({ name }) => name.includes('loop_suspected'))?.value;
  return { come, warnings, suspected };
}

test('a payload that comes back ten times within a minute is suspicious, and the log says so once a minute', () => {
  const { come, warnings, suspected } = world();
  for (let time = 0; time <= 9; time++) come('around', 1000 + time);
  expect(suspected()).toBe(0);
  for (let time = 10; time <= 19; time++) come('around', 1000 + time);
  expect(suspected()).toBe(10);
  expect(warnings).toEqual([{ times: 11, bytes: 6 }]);
});

test('it is found among others, of its length too', () => {
  const { come, suspected } = world();
  come('around', 0);
  for (let time = 1; time <= 10; time++) {
    come(`other${time % 10}`, time);
    come('around', time);
    come(`another ${time}`, time);
  }
  expect(suspected()).toBe(1);
});

test('a sender that says the same every ten seconds, or repeats a request nine times, is not', () => {
  const { come, suspected } = world();
  for (let second = 0; second < 3600; second += 10) come('heartbeat', second * 1000);
  for (let time = 0; time < 10; time++) come('repeated', 4_000_000 + time);
  expect(suspected()).toBe(0);
});

test('a clock that was set back does not end the watch', () => {
  const { come, suspected } = world();
  come('before', 86_400_000);
  for (let time = 0; time <= 10; time++) come('around', 1000 + time);
  expect(suspected()).toBe(1);
});

test('what is not forwarded does not come back from Sentinel', () => {
  const { come, warnings, suspected } = world(false);
  for (let time = 0; time < 100; time++) come('around', time);
  expect([suspected(), warnings]).toEqual([0, []]);
});

test('an hour of other requests leaves no more than a minute of them in memory', () => {
  const { come, suspected } = world();
  come('first', 0);
  for (let second = 1; second < 3600; second++) come(`request ${'x'.repeat(second)}`, second * 1000);
  for (let time = 0; time < 10; time++) come('first', 3_600_000 + time);
  expect(suspected()).toBe(0);
});
