import { setTimeout as delay } from 'node:timers/promises';
import { startOtlpSink } from '../../src/testing/otlp-sink.ts';
import { span } from '../../src/testing/telemetry-builder-items.ts';
import { traceBytes } from '../../src/testing/telemetry-builder.ts';
import { post } from '../hostile/hostile-case.ts';
import { startSentinelProgram } from '../sentinel-program.ts';

const REQUESTS = 60;
const PATIENCE_MS = 60_000;

/**
 * The backend fails, and everything is acknowledged from the write-ahead log; Sentinel is stopped and started on the same
 * folder, and the backend comes back. Whatever was acknowledged arrives.
 */
export async function outage(workers: number, folder: string) {
  const sink = await startOtlpSink({ keep: 'tally' });
  const start = () =>
    startSentinelProgram({}, () => ({ publish: { backends: {} }, forward: forwardTo(sink.httpUrl, folder) }), {
      workers,
    });
  sink.answer({ kind: 'status', status: 503 });
  const first = await start();
  const bodies = Array.from({ length: REQUESTS }, (_, index) => traceBytes([span({ name: `op ${index}` })]));
  const statuses = await Promise.all(bodies.map((body) => post(first, body)));
  const acknowledged = statuses.filter((status) => status === 200).length;
  await first.stop();
  sink.answer({ kind: 'ok' });
  const second = await start();
  for (let waited = 0; waited < PATIENCE_MS && sink.tally.items.traces < acknowledged; waited += 100) await delay(100);
  const arrived = sink.tally.items.traces;
  await second.stop();
  await sink.close();
  return { outage: true, workers, sent: REQUESTS, acknowledged, arrived };
}

function forwardTo(endpoint: string, path: string) {
  return {
    backends: { otlphttp: { endpoint, retry: { max_elapsed: '200ms' } } },
    write_ahead_log: { path, slow_after: '300ms' },
  };
}
