/**
 * `npm run test:ingest [-- --workers 0,2]`: Sentinel with ingest threads beside Sentinel without, on the same bodies of all
 * signals over both wires: every item counted at the sink and scored, the same series known at the end. Then the backend
 * fails, and what was acknowledged arrives after a restart. The last line is one JSON object.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BodySource } from '../bench/pipeline/bodies.ts';
import { type Case, casesOf, inFlightOf } from '../bench/pipeline/cases.ts';
import { openSender, sendAll } from '../bench/pipeline/drive.ts';
import { cpuSeconds, mainThreadSeconds, peakMemoryMib } from '../bench/pipeline/process-cost.ts';
import { startSink } from '../bench/pipeline/sink.ts';
import { outage } from './ingest/outage.ts';
import { type SentinelProgram, startSentinelProgram } from './sentinel-program.ts';

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '0,2' },
    only: { type: 'string', default: '225 none' },
    bodies: { type: 'string', default: '600' },
  },
});
const SETTLE_MS = 1500;
const results = [];
let failed = 0;
for (const workers of values.workers.split(',').map(Number)) {
  for (const one of casesOf(values.only)) {
    const result = await run(one, workers);
    results.push(result);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    if (result.lost !== 0 || result.unscored !== 0 || result.scored !== result.sent) failed++;
  }
}
for (const workers of values.workers.split(',').map(Number)) {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-outage-'));
  const result = await outage(workers, folder);
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.acknowledged < result.sent || result.arrived < result.acknowledged) failed++;
}
process.stdout.write(`${JSON.stringify({ cases: results.length, failed, results })}\n`);
process.exit(failed === 0 ? 0 : 1);

async function run(one: Case, workers: number) {
  const { signal, wire } = one;
  const sink = await startSink();
  const backend =
    wire === 'grpc'
      ? { otlp: { endpoint: `http://127.0.0.1:${sink.grpcPort}` } }
      : { otlphttp: { endpoint: `http://127.0.0.1:${sink.httpPort}` } };
  const sentinel = await startSentinelProgram(backend, () => ({ publish: { backends: {} } }), { workers });
  const source = new BodySource(signal, Number(values.bodies), one.items);
  const sender = await openSender({ http: sentinel.httpPort, grpc: sentinel.grpcPort }, one);
  const [half, all] = [Number(values.bodies) / 2, Number(values.bodies)];
  const warm = source.load(0, half, one.compression);
  await sendAll(sender, warm, inFlightOf(one));
  const [cpu, main] = [cpuSeconds(sentinel.pid), mainThreadSeconds(sentinel.pid)];
  const load = source.load(half, all, one.compression);
  const { seconds } = await sendAll(sender, load, inFlightOf(one));
  const used = cpuSeconds(sentinel.pid) - cpu;
  const usedByMain = mainThreadSeconds(sentinel.pid) - main;
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const sent = warm.items + load.items;
  const { tally } = sink.take(signal);
  const result = {
    signal,
    wire,
    workers,
    sent,
    lost: sent - tally.count,
    scored: await of(sentinel, 'sentinel_score_items_total', signal),
    counted: await of(sentinel, 'sentinel_intake_items_total', signal),
    unscored: await of(sentinel, 'sentinel_unscored_items_total', signal),
    series: await sentinel.metric('sentinel_series_used'),
    items_per_second: Math.round(load.items / seconds),
    items_per_cpu_second: Math.round(load.items / used),
    main_thread_share: Math.round((usedByMain / used) * 100) / 100,
    rss_mib: peakMemoryMib(sentinel.pid),
  };
  sender.close();
  sink.close();
  await sentinel.stop();
  return result;
}

async function of(sentinel: SentinelProgram, name: string, signal: string): Promise<number> {
  return await sentinel.metric(name, `signal="${signal}"`);
}
