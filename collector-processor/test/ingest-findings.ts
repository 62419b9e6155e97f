/**
 * `npm run test:ingest-findings [-- --workers 0,2]`: the same telemetry to Sentinel without and with ingest threads, at the same time: a minute of
 * calm, then one service slows down and fails. Both find the same. The last line is one JSON object.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { AnomalyPage } from '../src/contract/anomaly.ts';
import { startOtlpSink } from '../src/testing/otlp-sink.ts';
import { createRandom } from '../src/testing/random.ts';
import { nano } from '../src/testing/telemetry-builder-items.ts';
import { traceBytes } from '../src/testing/telemetry-builder.ts';
import { post } from './hostile/hostile-case.ts';
import { type SentinelProgram, startSentinelProgram } from './sentinel-program.ts';

const CALM_S = 70;
const FAULT_S = 12;
const SERVICES = ['cart', 'payment', 'search'];

const { values } = parseArgs({ options: { workers: { type: 'string', default: '0,2' } } });
const sink = await startOtlpSink({ keep: 'tally' });
const programs: SentinelProgram[] = [];
for (const workers of values.workers.split(',').map(Number)) programs.push(await start(workers));
const statuses: number[][] = [];
const random = createRandom(7);
for (let second = 0; second < CALM_S + FAULT_S; second++) {
  const startedAt = performance.now();
  for (const service of SERVICES) {
    const body = bodyOf(service, second >= CALM_S && service === 'payment');
    const answers = await Promise.all(programs.map((program) => post(program, body)));
    answers.forEach((status, index) => (statuses[index] ??= []).push(status));
  }
  await pause(Math.max(0, 1000 - (performance.now() - startedAt)));
}
await pause(5000);
const found = await Promise.all(programs.map(findings));
const items = await Promise.all(
  programs.map((program) => program.metric('sentinel_score_items_total', 'signal="traces"')),
);
for (const program of programs) await program.stop();
await sink.close();
const refused = statuses.map((each) => each.filter((status) => status !== 200));
const [plain = [], threaded = []] = found;
const same = plain.length > 0 && JSON.stringify(plain) === JSON.stringify(threaded);
process.stdout.write(`${JSON.stringify({ same, plain, threaded, items, refused })}\n`);
process.exit(same ? 0 : 1);

function start(workers: number): Promise<SentinelProgram> {
  return startSentinelProgram(
    { otlphttp: { endpoint: sink.httpUrl } },
    () => ({
      publish: { backends: {} },
      forward: { backends: { otlphttp: { endpoint: sink.httpUrl } } },
      score: { bucket: '1s', late_buckets: 3, learning_steps: 30 },
    }),
    { workers },
  );
}

function bodyOf(service: string, isBroken: boolean): Uint8Array {
  const nowMs = Date.now();
  const spans = Array.from({ length: 40 }, (_, index) => ({
    traceId: random.bytes(16),
    spanId: random.bytes(8),
    name: `GET /${index % 2}`,
    kind: 2,
    startTimeUnixNano: nano(nowMs - (isBroken ? 400 : 10) - Math.floor(random.next() * 5)),
    endTimeUnixNano: nano(nowMs),
    status: { code: isBroken && index % 3 === 0 ? 2 : 0 },
  }));
  return traceBytes(spans, { resource: { 'service.name': service } });
}

async function findings({ apiPort }: SentinelProgram): Promise<string[]> {
  const reply = await fetch(`http://127.0.0.1:${apiPort}/api/v1/anomalies?limit=100`);
  const { items } = (await reply.json()) as Pick<AnomalyPage, 'items'>;
  return [
    ...new Set(
      items.map(({ series, direction }) => [series.service, series.measure, series.operation, direction].join(' ')),
    ),
  ].sort();
}
