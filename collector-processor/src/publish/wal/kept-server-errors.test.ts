import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type OtlpSink, startOtlpSink } from '../../testing/otlp-sink.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { exportRequest } from '../testing/export-request.ts';
import { startKeptForwarder } from './testing/kept-forwarder.ts';

let sink: OtlpSink;
let kept: Awaited<ReturnType<typeof startKeptForwarder>>;

beforeEach(async () => {
  sink = await startOtlpSink();
  const retry = { initial_interval: '5ms', max_interval: '5ms', max_elapsed: '20ms' };
  kept = await startKeptForwarder({ otlphttp: { endpoint: sink.httpUrl, retry } }, { max_lone_failures: 2 });
});

afterEach(async () => {
  await kept.stop();
  await sink.close();
});

const send = (text: string) => {
  const body = logsBytes([{ body: { stringValue: text } }]);
  return kept.forwarder.forward(exportRequest(body), body);
};

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await delay(10);
  expect(holds()).toBe(true);
}

test('a backend that answers 500 for a while gets its backlog afterwards, and none of it is a dead letter', async () => {
  sink.answer({ kind: 'status', status: 503 });
  for (let count = 0; count < 10; count++) expect(await send(`text-${count}`)).toEqual({ kind: 'accepted' });
  sink.answer({ kind: 'status', status: 500 });
  const before = sink.requests.length;
  await until(() => sink.requests.length > before + 20);
  sink.answer({ kind: 'ok' });
  await until(() => kept.wal.backlog.feed('otlphttp').isSettled);
  expect(kept.wal.deadLetters.size).toBe(0);
});

test('a 500 that comes when the sender has been told that it is safe is tried again', async () => {
  sink.answerNext({ kind: 'slow', delayMs: 150, then: { kind: 'status', status: 500 } });
  expect(await send('text')).toEqual({ kind: 'accepted' });
  await until(() => kept.wal.backlog.feed('otlphttp').isSettled && sink.requests.length > 1);
  expect(kept.wal.deadLetters.size).toBe(0);
});
