/**
 * `npm run test:hostile [-- --only WORDS --workers 2]`: what attackers, broken senders and broken backends do, against Sentinel with
 * its default limits, while clients that behave go on sending. In each case: each refusal has the code that the OTLP
 * specification gives it, memory stays under 512 MiB, and those clients are served within two seconds, with what they are
 * told to repeat. With `--workers` the same against ingest threads, with `max_memory` and
 * the bound raised by what each takes. The last line is one JSON object.
 */
import { parseArgs } from 'node:util';
import { backendCases, startEndlessBackend } from './hostile/backend-cases.ts';
import { bodyCases } from './hostile/body-cases.ts';
import { bombCases } from './hostile/bomb-cases.ts';
import { crowdCases } from './hostile/crowd-cases.ts';
import type { HostileCase } from './hostile/hostile-case.ts';
import { http2Cases } from './hostile/http2-cases.ts';
import { largeCases } from './hostile/large-cases.ts';
import { startTarget, type Target } from './hostile/target.ts';

const MAX_RSS_MIB = 512;
/** What one ingest thread takes beside what it reads: V8, the program, a symbol table. */
const WORKER_MIB = 64;
const MAX_P99_MS = 2000;
const WATCH_MS = 25;

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, workers: { type: 'string', default: '0' } },
});
const workers = Number(values.workers);
const maxRssMib = MAX_RSS_MIB + workers * WORKER_MIB;
const delays: number[] = [];
let rssMax = 0;
let failed = 0;
let count = 0;

const endless = await startEndlessBackend();
await against([...bodyCases, ...bombCases, ...http2Cases, ...largeCases, ...crowdCases]);
await against(backendCases, (port) => ({
  otlphttp: { endpoint: `http://127.0.0.1:${port}` },
  'otlphttp/endless': { endpoint: `http://127.0.0.1:${endless.port}` },
}));
endless.close();
const goodClientP99 = Math.round(p99Of(delays));
tell(JSON.stringify({ cases: count, failed, rss_max_mib: Math.round(rssMax), good_client_p99_ms: goodClientP99 }));
process.exit(failed === 0 ? 0 : 1);

async function against(cases: readonly HostileCase[], backends?: Parameters<typeof startTarget>[1]): Promise<void> {
  const wanted = cases.filter(({ name, cve = '' }) => `${name} ${cve}`.includes(values.only));
  if (wanted.length === 0) return;
  const target = await startTarget({ workers, max_memory: `${maxRssMib}MiB` }, backends);
  for (const one of wanted) await attack(one, target);
  await target.stop();
}

async function attack({ name, cve, run }: HostileCase, target: Target): Promise<void> {
  let peak = target.rssMib();
  const watch = setInterval(() => (peak = Math.max(peak, target.rssMib())), WATCH_MS);
  const startedAt = performance.now();
  await target.measured();
  const faults = [...(await run(target))];
  const { delays: served, faults: seen } = await target.measured();
  clearInterval(watch);
  const slowest = p99Of(served);
  faults.push(...new Set(seen));
  if (peak > maxRssMib) faults.push(`${peak.toFixed(0)} MiB resident`);
  if (served.length > 0 && slowest > MAX_P99_MS) faults.push(`p99 of clients that behave ${slowest.toFixed(0)} ms`);
  delays.push(...served);
  rssMax = Math.max(rssMax, peak);
  count++;
  if (faults.length > 0) failed++;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const figures = `${peak.toFixed(0)} MiB, clients p99 ${slowest.toFixed(0)} ms of ${served.length}, ${seconds} s`;
  tell(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${name}${cve === undefined ? '' : ` (${cve})`}: ${figures}`);
  for (const fault of faults) tell(`       ${fault}`);
}

function p99Of(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}
