import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { silentLogger } from '../runtime/logger.ts';
import { limitStop } from './stop-limit.ts';

function begin(waitedFor: string | undefined) {
  const told: unknown[] = [];
  const left = Promise.withResolvers<number>();
  const logger = { ...silentLogger, error: (fields: unknown) => told.push(fields) };
  const limit = limitStop({ timeoutMs: 20, waitsFor: () => waitedFor, exit: left.resolve, logger });
  return { limit, told, left: left.promise };
}

test('a part that does not stop is left behind, and named', async () => {
  const { told, left } = begin('forward');
  expect(await left).toBe(1);
  expect(told).toMatchObject([{ waitedFor: 'forward', timeoutMs: 20 }]);
});

test('what holds the process when all parts are stopped is told too', async () => {
  const { limit, told, left } = begin(undefined);
  limit.stopped();
  await delay(40);
  expect(await left).toBe(1);
  expect(told).toMatchObject([{ waitedFor: 'the end of the process', open: expect.any(Array) }]);
});
