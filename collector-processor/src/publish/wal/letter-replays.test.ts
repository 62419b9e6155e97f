import { describe, expect, test } from '@jest/globals';
import type { ExportOutcome } from '../../model/export-request.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createLetterReplays } from './letter-replays.ts';
import { createLettersBench } from './testing/letters-bench.ts';
import { fault } from './testing/memory-files.ts';

async function bench(answer: () => Promise<ExportOutcome> | ExportOutcome) {
  const on = await createLettersBench();
  const sent: string[] = [];
  const replays = createLetterReplays({
    letters: on.letters,
    redeliver: async (backend, { body }) => {
      sent.push(`${backend} ${Buffer.from(body).toString()}`);
      return answer();
    },
    unfit: (backend) => (backend === 'tempo' ? 'it takes traces' : undefined),
    logger: silentLogger,
    metrics: on.metrics,
  });
  const id = await on.add('a', 'first no');
  return { ...on, replays, sent, id };
}

describe('a replay', () => {
  test('that the backend acknowledges ends the letter', async () => {
    const { replays, letters, sent, id, count } = await bench(() => ({ kind: 'accepted' }));
    expect(await replays.replay(id)).toEqual({ kind: 'delivered' });
    expect(sent).toEqual(['loki a']);
    expect(letters.size).toBe(0);
    expect(count('replayed_total', { outcome: 'delivered' })).toBe(1);
  });

  test('that is refused leaves it, with the new reason', async () => {
    const { replays, letters, id } = await bench(() => ({ kind: 'refused', reason: 'still no', cause: 'malformed' }));
    expect(await replays.replay(id)).toMatchObject({ kind: 'refused', reason: 'still no' });
    expect(letters.list()).toMatchObject([{ id, reason: 'still no', refusedReplays: 1 }]);
  });

  test('that is taken in part leaves it too', async () => {
    const { replays, letters, id } = await bench(() => ({
      kind: 'accepted',
      partial: { rejectedItems: 2, message: 'too old' },
    }));
    expect(await replays.replay(id)).toMatchObject({ kind: 'refused' });
    expect(letters.list()[0]!.reason).toContain('2 items rejected');
  });

  test('may go to another backend; its refusal is told as that backend’s', async () => {
    let outcome: ExportOutcome = { kind: 'refused', reason: 'no', cause: 'malformed' };
    const { replays, letters, sent, id } = await bench(() => outcome);
    await replays.replay(id, 'otlp/new');
    expect(letters.list()).toMatchObject([{ id, backend: 'loki', reason: 'otlp/new: no' }]);
    outcome = { kind: 'accepted' };
    expect(await replays.replay(id, 'otlp/new')).toEqual({ kind: 'delivered' });
    expect(sent).toEqual(['otlp/new a', 'otlp/new a']);
    expect(letters.size).toBe(0);
  });

  test('to a backend that cannot take it is not tried', async () => {
    const { replays, letters, sent, id } = await bench(() => ({ kind: 'accepted' }));
    expect(await replays.replay(id, 'tempo')).toEqual({ kind: 'unfit', reason: 'it takes traces' });
    expect([sent, letters.list()[0]!.refusedReplays]).toEqual([[], 0]);
  });

  test('that gets no answer leaves it as it was', async () => {
    const { replays, letters, id } = await bench(() => ({ kind: 'retry', reason: 'ECONNREFUSED' }));
    expect(await replays.replay(id)).toEqual({ kind: 'postponed', reason: 'ECONNREFUSED' });
    expect(letters.list()).toMatchObject([{ reason: 'first no', refusedReplays: 0 }]);
  });

  test('of a letter that is under way is not begun twice, and it cannot be dropped meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<ExportOutcome>();
    const { replays, sent, id } = await bench(() => promise);
    const first = replays.replay(id);
    expect(await replays.replay(id)).toEqual({ kind: 'busy' });
    expect(await replays.drop(id)).toBe('busy');
    resolve({ kind: 'accepted' });
    expect(await first).toEqual({ kind: 'delivered' });
    expect(sent).toHaveLength(1);
    expect(await replays.replay(id)).toEqual({ kind: 'unknown' });
  });
});

test('a letter is dropped once; one that the disk keeps is not gone', async () => {
  const { replays, files, clock, id, count } = await bench(() => ({ kind: 'accepted' }));
  files.fault = (operation) => (operation === 'datasync' ? fault('EIO') : undefined);
  expect(await replays.drop(id)).toBe('failed');
  files.fault = () => undefined;
  clock.advance(1000);
  expect(await replays.drop(id)).toBe('dropped');
  expect(await replays.drop(id)).toBe('unknown');
  expect(count('dropped_total')).toBe(1);
});
