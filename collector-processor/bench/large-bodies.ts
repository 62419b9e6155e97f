/**
 * `npm run bench:large-bodies [-- --threads 0,1] [--seconds S] [--only WORDS]`: what large bodies cost others. Senders with bodies of 4 MiB,
 * the same gzipped, and JSON of 8 MiB, one request after the other on a few connections, read by so many threads beside the main one (protobuf from 1 MiB on, sooner than by default), beside clients that send five spans
 * every 40 ms. The last line is one JSON object: per case the delay of the event loop and of those clients.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { post, times } from '../test/hostile/hostile-case.ts';
import type { Measured } from '../test/hostile/innocent-child.ts';
import { startSentinelProgram, type SentinelProgram } from '../test/sentinel-program.ts';
import { gzippedSpans, jsonSpans, type LargeRequest, spans } from './large-bodies/requests.ts';
import { cpuSeconds, mainThreadSeconds, peakMemoryMib } from './pipeline/process-cost.ts';

const MIB = 1024 * 1024;
const BODIES = 4;
const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '0,1' },
    seconds: { type: 'string', default: '12' },
    only: { type: 'string', default: '' },
  },
});
const cases: readonly { name: string; senders: number; everyMs: number; make: () => LargeRequest[] }[] = [
  { name: '4 MiB, one after the other', senders: 2, everyMs: 0, make: () => spans(4 * MIB, BODIES) },
  { name: '4 MiB, three a second', senders: 1, everyMs: 333, make: () => spans(4 * MIB, BODIES) },
  { name: '4 MiB gzip, three a second', senders: 1, everyMs: 333, make: () => gzippedSpans(4 * MIB, BODIES) },
  { name: '32 MiB, one a second', senders: 1, everyMs: 1000, make: () => spans(32 * MIB, 2) },
  { name: '8 MiB JSON, one after the other', senders: 2, everyMs: 0, make: () => jsonSpans(8 * MIB, BODIES) },
  { name: '8 MiB JSON, one a second', senders: 1, everyMs: 1000, make: () => jsonSpans(8 * MIB, BODIES) },
];
const results = [];
for (const one of cases.filter(({ name }) => name.includes(values.only))) {
  for (const threads of values.threads.split(',').map(Number)) {
    const result = await measure(one, threads);
    results.push(result);
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}
process.stdout.write(`${JSON.stringify({ cases: results })}\n`);
process.exit(0);

async function measure({ name, senders, everyMs, make }: (typeof cases)[number], threads: number) {
  const innocent = fork(new URL('../test/hostile/innocent-child.ts', import.meta.url));
  const [{ backend }] = (await once(innocent, 'message')) as [{ backend: number }];
  const sentinel = await startSentinelProgram({ otlphttp: { endpoint: `http://127.0.0.1:${backend}` } }, () => ({
    decode: { reading: { threads, min_size: '1MiB' } },
    // What is sent again and again is a little older each time.
    score: { late_buckets: 6 },
  }));
  innocent.send({ http: sentinel.httpPort, grpc: sentinel.grpcPort });
  const bodies = make();
  await send(sentinel, bodies, { senders, everyMs, forMs: 2000 });
  await ask(innocent);
  const loopBefore = await loopDelays(sentinel);
  const [cpuBefore, mainBefore] = [cpuSeconds(sentinel.pid), mainThreadSeconds(sentinel.pid)];
  const startedAt = performance.now();
  const statuses = await send(sentinel, bodies, { senders, everyMs, forMs: Number(values.seconds) * 1000 });
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = cpuSeconds(sentinel.pid) - cpuBefore;
  const main = mainThreadSeconds(sentinel.pid) - mainBefore;
  const loop = p99OfBuckets(loopBefore, await loopDelays(sentinel));
  const { delays, faults } = await ask(innocent);
  const taken = statuses.filter((status) => status === 200).length;
  const result = {
    name,
    threads,
    mib: round((bodies[0]?.body.length ?? 0) / MIB),
    loop_p99_ms: loop,
    clients_p99_ms: round(quantile(delays, 0.99)),
    clients_p50_ms: round(quantile(delays, 0.5)),
    accepted_a_second: round(taken / seconds),
    told_to_retry: statuses.length - taken,
    main_thread_ms_a_body: Math.round((main * 1000) / Math.max(1, taken)),
    cpu_ms_a_body: Math.round((cpu * 1000) / Math.max(1, taken)),
    unscored: await sentinel.metric('sentinel_unscored_items_total'),
    unread: await sentinel.metric('sentinel_intake_unread_total'),
    rss_max_mib: peakMemoryMib(sentinel.pid),
    faults: [...new Set(faults)],
  };
  innocent.kill();
  await sentinel.stop();
  return result;
}

async function ask(innocent: ReturnType<typeof fork>): Promise<Measured> {
  innocent.send('measured');
  const [message] = (await once(innocent, 'message')) as [Measured];
  return message;
}

async function send(
  target: Pick<SentinelProgram, 'httpPort'>,
  bodies: readonly LargeRequest[],
  { senders, everyMs, forMs }: { senders: number; everyMs: number; forMs: number },
): Promise<number[]> {
  const untilMs = performance.now() + forMs;
  const statuses = await times(senders, senders, async (sender) => {
    const seen: number[] = [];
    for (let number = sender; performance.now() < untilMs; number++) {
      const startedAt = performance.now();
      const request = bodies[number % bodies.length];
      if (request !== undefined) seen.push(await post(target, request.body, request.headers));
      await pause(Math.max(seen.at(-1) === 200 ? 0 : 100, everyMs - (performance.now() - startedAt)));
    }
    return seen;
  });
  return statuses.flat();
}

/** Upper bound and how many were at most that, not cumulative. */
async function loopDelays(sentinel: SentinelProgram): Promise<readonly (readonly [number, number])[]> {
  const bounds = [1, 2, 5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000];
  return await Promise.all(
    bounds.map(async (bound) => {
      const count = await sentinel.metric('sentinel_event_loop_delay_seconds_bucket', `le="${bound / 1000}"`);
      return [bound, count] as const;
    }),
  );
}

function p99OfBuckets(before: Awaited<ReturnType<typeof loopDelays>>, after: typeof before): number {
  const counts = after.map(([bound, count], index) => [bound, count - (before[index]?.[1] ?? 0)] as const);
  const all = counts.at(-1)?.[1] ?? 0;
  const at = counts.findIndex(([, count]) => count >= all * 0.99);
  const [bound, count] = counts[at] ?? [0, 0];
  const [lower, below] = counts[at - 1] ?? [0, 0];
  return round(lower + ((bound - lower) * (all * 0.99 - below)) / Math.max(1, count - below));
}

function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
