import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import type { Backend, Replayed } from '../backends/backend.ts';
import { ReplayRoom } from './replay-room.ts';
import { resend } from './resend.ts';
import { aRequest } from './testing/letters-bench.ts';

const untried = { failedAttempts: 0, failedAlone: 0 };
const mebibyte = 1024 * 1024;
const large = aRequest('', { compression: 'gzip', body: gzipSync(Buffer.alloc(mebibyte)) });
const accepted: Replayed = { ...untried, outcome: { kind: 'accepted' } };

/** A backend that holds on to what it is sent until `end`. */
function bench({ closedMs = 0 } = {}) {
  const sent: ((replayed: Replayed) => void)[] = [];
  const backend = {
    takes: () => true,
    closedMs: () => closedMs,
    replay: () => new Promise((resolve) => sent.push(resolve)),
  } as unknown as Backend;
  let transcoded = 0;
  const room = new ReplayRoom(2 * mebibyte);
  const common = { backend, before: untried, room };
  return {
    sent,
    common,
    transcoded: () => transcoded,
    transcode: () => {
      transcoded++;
      return { kind: 'lost' } as const;
    },
    async end() {
      sent.shift()?.(accepted);
      await delay(20);
    },
  };
}

test('no more is inflated than the window takes, however many records it held', async () => {
  const { common, transcode, sent, end } = bench();
  const all = Array.from({ length: 5 }, () => resend({ ...common, kept: large, transcode }));
  while (sent.length < 2) await delay(5);
  await delay(50);
  expect(sent).toHaveLength(2);
  let done: readonly Replayed[] | undefined;
  void Promise.all(all).then((replayed) => (done = replayed));
  while (done === undefined) await end();
  expect(done).toEqual(Array.from({ length: 5 }, () => accepted));
});

test('nothing is opened for a backend that would not be asked, nor when Sentinel stops', async () => {
  const { common, transcode, transcoded } = bench({ closedMs: 700 });
  const kept = aRequest('{}', { encoding: 'json' });
  expect((await resend({ ...common, kept, transcode })).outcome).toMatchObject({ kind: 'retry', retryAfterMs: 700 });
  const open = bench();
  const stopping = await resend({ ...open.common, kept, transcode, isStopped: () => true });
  expect(stopping.outcome.kind).toBe('retry');
  expect(transcoded()).toBe(0);
});

test('JSON that nobody could read now comes again; what cannot be read at all is refused', async () => {
  const { common, transcode } = bench();
  const json = await resend({ ...common, kept: aRequest('{}', { encoding: 'json' }), transcode });
  expect(json.outcome.kind).toBe('retry');
  const broken = await resend({ ...common, kept: aRequest('no gzip', { compression: 'gzip' }), transcode });
  expect(broken.outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('gzip') });
});
