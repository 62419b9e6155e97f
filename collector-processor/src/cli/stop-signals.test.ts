import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { systemClock } from '../runtime/clock.ts';
import { type Logger, silentLogger } from '../runtime/logger.ts';
import { watchSignals } from './stop-signals.ts';

function world() {
  const source = new EventEmitter();
  const codes: number[] = [];
  const time = { ms: 0 };
  const clock = { ...systemClock, monotonicMs: () => time.ms };
  const logged: string[] = [];
  const info: Logger['info'] = (fields, message) => logged.push(`${message} ${JSON.stringify(fields)}`);
  const signals = watchSignals({ source, exit: (code) => codes.push(code), clock, logger: { ...silentLogger, info } });
  const reloads: string[] = [];
  const app = { reload: () => Promise.resolve(reloads.push('reload')) };
  return { source, codes, time, signals, reloads, app, logged };
}

test.each(['SIGINT', 'SIGTERM'])('%s stops, and forces nothing', async (signal) => {
  const { source, codes, signals, app } = world();
  const stopped = signals.untilStopped(app);
  source.emit(signal, signal);
  await stopped;
  expect(codes).toEqual([]);
});

test('a signal that comes while starting takes effect afterwards', async () => {
  const { source, signals, reloads, app } = world();
  source.emit('SIGHUP');
  source.emit('SIGINT');
  await signals.untilStopped(app);
  expect(reloads).toEqual(['reload']);
});

test('one Ctrl-C that arrives three times, and a SIGTERM after it, force nothing', () => {
  const { source, codes, time } = world();
  for (const ms of [0, 20, 999]) {
    time.ms = ms;
    source.emit('SIGINT');
  }
  time.ms = 5_000;
  source.emit('SIGTERM', 'SIGTERM');
  expect(codes).toEqual([]);
});

test('a second Ctrl-C ends the process with 130', () => {
  const { source, codes, time } = world();
  source.emit('SIGINT');
  time.ms = 1_000;
  source.emit('SIGINT');
  expect(codes).toEqual([130]);
});

test('however many signals come, it is said once that it stops, and once that it has, with the time it took', async () => {
  const { source, signals, time, app, logged } = world();
  const stopped = signals.untilStopped(app);
  for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT']) source.emit(signal, signal);
  await stopped;
  time.ms = 1234.4;
  signals.stopped();
  expect(logged).toEqual(['Stopping: finishing what is under way. {"signal":"SIGTERM"}', 'Stopped. {"tookMs":1234}']);
});
