import { expect, test } from '@jest/globals';
import { systemClock } from '../runtime/clock.ts';
import { type LogFields, silentLogger } from '../runtime/logger.ts';
import { createFaultLog } from './fault-log.ts';

test('a fault on every request is logged once a second, with the number of those left out', () => {
  const logged: LogFields[] = [];
  let nowMs = 5000;
  const clock = { ...systemClock, monotonicMs: () => nowMs };
  const report = createFaultLog({ ...silentLogger, error: (fields) => logged.push(fields) }, clock);
  const where = { wire: 'http', signal: 'logs' } as const;
  for (let count = 0; count < 10; count++) report(new Error('bug'), where);
  nowMs += 1000;
  report(new Error('bug'), where);
  expect(logged).toEqual([
    { ...where, error: 'bug', unlogged: 0 },
    { ...where, error: 'bug', unlogged: 9 },
  ]);
});
