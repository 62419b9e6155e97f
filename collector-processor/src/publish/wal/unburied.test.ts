import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type OtlpSink, startOtlpSink } from '../../testing/otlp-sink.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { exportRequest } from '../testing/export-request.ts';
import { startKeptForwarder } from './testing/kept-forwarder.ts';
import { fault } from './testing/memory-files.ts';

const body = logsBytes([{ body: { stringValue: 'a' } }]);
const partial = { kind: 'partial', rejected: 1, message: 'too old' } as const;
let sink: OtlpSink;
let kept: Awaited<ReturnType<typeof startKeptForwarder>>;

beforeEach(async () => {
  sink = await startOtlpSink();
  kept = await startKeptForwarder(backends());
  kept.files.fault = (operation, path) =>
    operation === 'append' && path.includes('dead-letters') ? fault('ENOSPC') : undefined;
});

afterEach(async () => {
  await kept.stop();
  await sink.close();
});

const backends = (changes = {}) => ({ otlphttp: { endpoint: sink.httpUrl, ...changes } });
const takenTimes = () => sink.requests.filter(({ answer }) => answer.kind !== 'status').length;

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await delay(10);
  expect(holds()).toBe(true);
}

const hasTriedToBury = () => kept.files.log.some((line) => line.startsWith('append') && line.includes('segment'));

/** The disk has room for dead letters again; what was taken in part becomes one, and was sent no second time. */
async function expectOneLetter(): Promise<void> {
  await delay(50);
  kept.files.fault = () => undefined;
  await until(() => kept.wal.deadLetters.size === 1);
  expect(kept.wal.deadLetters.list()[0]!.reason).toBe('taken in part: 1 items rejected: too old');
  expect(takenTimes()).toBe(1);
  await until(() => kept.wal.backlog.feed('otlphttp').isSettled);
}

test('what a backend took in part, late, is not sent again while its dead letter cannot be written', async () => {
  sink.answerNext({ kind: 'slow', delayMs: 150, then: partial });
  expect(await kept.forwarder.forward(exportRequest(body), body)).toEqual({ kind: 'accepted' });
  await until(hasTriedToBury);
  await delay(150);
  await expectOneLetter();
});

test('nor by the drain that a reload puts in the place of the one that knew', async () => {
  sink.answerNext({ kind: 'status', status: 503, retryAfterS: 0 });
  sink.answer(partial);
  await kept.reload(backends({ retry: { max_elapsed: '0s' } }));
  expect(await kept.forwarder.forward(exportRequest(body), body)).toEqual({ kind: 'accepted' });
  await until(() => takenTimes() === 1);
  await delay(50);
  await kept.reload(backends());
  await expectOneLetter();
});
