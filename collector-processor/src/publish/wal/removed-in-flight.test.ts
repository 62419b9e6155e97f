import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { startOtlpSink } from '../../testing/otlp-sink.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { exportRequest } from '../testing/export-request.ts';
import { startKeptForwarder } from './testing/kept-forwarder.ts';

const body = logsBytes([{ body: { stringValue: 'a' } }]);

let end: () => Promise<void>;
afterEach(() => end());

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !holds(); tries++) await delay(10);
}

test('what a backend fails with while a reload removes it does not stay in the log for ever', async () => {
  const sink = await startOtlpSink();
  sink.answer({ kind: 'hang' });
  const backends = { otlphttp: { endpoint: sink.httpUrl } };
  const kept = await startKeptForwarder(backends, { slow_after: '10s', keep_for_removed: '0s' });
  end = async () => {
    await kept.stop();
    await sink.close();
  };
  const outcome = kept.forwarder.forward(exportRequest(body), body);
  await until(() => sink.requests.length > 0);
  await kept.reload({});
  expect(await outcome).toEqual({ kind: 'accepted' });
  await until(() => kept.wal.deadLetters.size > 0);
  expect(kept.wal.deadLetters.list()[0]?.reason).toContain('configured any more');
  expect(kept.wal.backlog.feed('otlphttp').isSettled).toBe(true);
});
