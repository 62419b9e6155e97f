import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type OtlpSink, startOtlpSink } from '../../testing/otlp-sink.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { exportRequest } from '../testing/export-request.ts';
import { startKeptForwarder } from './testing/kept-forwarder.ts';
import { MemoryFiles } from './testing/memory-files.ts';

const body = logsBytes([{ body: { stringValue: 'a' } }]);
let sink: OtlpSink;
let files: MemoryFiles;

beforeEach(async () => {
  sink = await startOtlpSink();
  files = new MemoryFiles();
});
afterEach(() => sink.close());

/** The next forwarder on the same disk, for so long. */
async function run(changes: Readonly<Record<string, unknown>>, ms: number, send = false) {
  const retry = { initial_interval: '5ms', max_interval: '5ms', max_elapsed: '20ms' };
  const backends = { otlphttp: { endpoint: sink.httpUrl, retry, ...changes } };
  const kept = await startKeptForwarder(backends, {}, files);
  if (send) expect(await kept.forwarder.forward(exportRequest(body), body)).toEqual({ kind: 'accepted' });
  await delay(ms);
  const letters = kept.wal.deadLetters.size;
  await kept.stop();
  return { letters, delivered: sink.requests.filter(({ answer }) => answer.kind === 'ok').length };
}

test('what is kept for a backend waits while it is switched off, and leaves when it is on again', async () => {
  sink.answer({ kind: 'status', status: 503 });
  await run({}, 50, true);
  sink.answer({ kind: 'ok' });
  expect(await run({ enabled: false }, 200)).toEqual({ letters: 0, delivered: 0 });
  expect(await run({}, 500)).toEqual({ letters: 0, delivered: 1 });
});
