import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { silentLogger } from '../../runtime/logger.ts';
import { Drain } from './drain.ts';
import { toRecord } from './kept-request.ts';
import { createRemovedBackend } from './removed-backend.ts';
import { createBacklogBench } from './testing/backlog-bench.ts';
import { aRequest } from './testing/letters-bench.ts';
import type { MemoryFiles } from './testing/memory-files.ts';

const HOUR_MS = 3_600_000;

/** A log that owes something to a backend which nobody has configured. */
async function bench(files?: MemoryFiles) {
  const log = await createBacklogBench({}, files);
  const { backlog, clock } = log;
  const buried: string[] = [];
  const reason = 'gone';
  const drain = new Drain({
    options: { replayWindow: 1_000_000, maxLoneFailures: 10 },
    feed: backlog.feed('loki'),
    send: (_request, before) =>
      Promise.resolve({ outcome: { kind: 'refused', reason, cause: 'malformed' }, ...before }),
    delivered: () => 0,
    bury: (request) => {
      buried.push(Buffer.from(request.body).toString());
      return Promise.resolve(true);
    },
    clock,
    random: () => 0,
  });
  const removed = createRemovedBackend({
    ...{ name: 'loki', backlog, drain, graceMs: HOUR_MS, clock },
    logger: silentLogger,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await nextTurn();
  };
  return { ...log, buried, removed, settle };
}

async function keep({ backlog }: Awaited<ReturnType<typeof bench>>, text: string): Promise<void> {
  await backlog.append(toRecord(aRequest(text), ['loki']), new Map([['loki', 'stored']])).kept;
}

test('what the log holds for it waits for its return, and becomes dead letters after that', async () => {
  const world = await bench();
  await keep(world, 'a');
  world.backlog.feed('loki').markConfigured(false, world.clock.nowMs());
  world.removed.start();
  world.clock.advance(HOUR_MS - 1);
  await world.settle();
  expect(world.buried).toEqual([]);
  world.clock.advance(1);
  await world.settle();
  expect(world.buried).toEqual(['a']);
  expect(world.backlog.feed('loki').isSettled).toBe(true);
  await world.removed.stop();
});

test('the time counts from the removal, over restarts; a return begins it anew', async () => {
  const world = await bench();
  await keep(world, 'a');
  const removedAtMs = world.clock.nowMs();
  world.backlog.feed('loki').markConfigured(false, removedAtMs);
  world.clock.advance(1000);
  await world.settle();
  world.files.losePower();
  const next = await bench(world.files);
  expect(next.backlog.feed('loki').removedAtMs).toBe(removedAtMs);
  next.backlog.feed('loki').markConfigured(false, removedAtMs + 5000);
  expect(next.backlog.feed('loki').removedAtMs).toBe(removedAtMs);
  next.backlog.feed('loki').markConfigured(true, removedAtMs + 5000);
  next.backlog.feed('loki').markConfigured(false, removedAtMs + 9000);
  expect(next.backlog.feed('loki').removedAtMs).toBe(removedAtMs + 9000);
});

test('one that is stopped within that time gives everything back', async () => {
  const world = await bench();
  await keep(world, 'a');
  world.removed.start();
  await world.removed.stop();
  world.clock.advance(2 * HOUR_MS);
  await world.settle();
  expect(world.buried).toEqual([]);
  expect(await world.handedOut('loki')).toEqual(['a']);
});
