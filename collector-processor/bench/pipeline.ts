/**
 * Sentinel beside the OpenTelemetry Collector: {traces, metrics, logs} × {gRPC, HTTP} × {plain, gzip} × {8, 225, 1000 items},
 * receive → score → forward on one core each, load and sink on the other.
 *
 *   OTELCOL_BIN=… npm run bench:pipeline -- [--only "traces http"] [--baselines wait,batch,gogc400] [--no-delay] [--profile DIR]
 *
 * Every request is acknowledged, and counted and hashed at the sink; in each round the same bodies come with new times. Two
 * rounds warm up, three are measured. Sentinel scores all of it. Prints a line a
 * case, and as the last line one JSON object:
 * {"cases":[{"signal","wire","compression","items","items_per_cpu_second","collector_items_per_cpu_second","ratio",
 * "added_ms_p99","rss_mib","unscored","lost","extra",…}],"machine":{…}}
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { freePort } from '../demo/processes/free-port.ts';
import { messageOf } from '../src/runtime/errors.ts';
import { machineOf } from './machine.ts';
import { BodySource } from './pipeline/bodies.ts';
import { type Case, casesOf, nameOf, requestsOf } from './pipeline/cases.ts';
import { type Baseline, baselines } from './pipeline/programs.ts';
import { runCase, type RunResult } from './pipeline/run-case.ts';
import { startSink } from './pipeline/sink.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    baselines: { type: 'string', default: baselines.join(',') },
    'no-delay': { type: 'boolean', default: false },
    profile: { type: 'string', default: '' },
  },
});
const collector = process.env.OTELCOL_BIN ?? '';
const wanted = collector === '' ? [] : baselines.filter((name) => values.baselines.split(',').includes(name));
if (collector === '') console.log('skipped: the Collector beside it (OTELCOL_BIN is not set)');
execFileSync('taskset', ['-a', '-cp', '1', String(process.pid)], { stdio: 'ignore' });

const machine = {
  ...machineOf(),
  collector: collector === '' ? null : execFileSync(collector, ['--version'], { encoding: 'utf8' }).trim(),
};
console.log(JSON.stringify(machine));

const sink = await startSink();
const [http, grpc, api] = [await freePort(0), await freePort(0), await freePort(0)];
const ports = { http, grpc, api, sinkHttp: sink.httpPort, sinkGrpc: sink.grpcPort, sinkOwn: sink.ownPort };
let source: BodySource | undefined;
let sourceOf = '';

function bodiesFor(one: Case): BodySource {
  const key = `${one.signal} ${one.items}`;
  if (source === undefined || key !== sourceOf) {
    source = undefined;
    source = new BodySource(one.signal, requestsOf(one), one.items);
    sourceOf = key;
  }
  return source;
}

const rows: object[] = [];
for (const one of casesOf(values.only)) {
  try {
    rows.push(await measured(one));
  } catch (error) {
    console.log(`${nameOf(one)} broke off: ${messageOf(error)}`);
    rows.push({ ...one, broke_off: messageOf(error) });
    process.exitCode = 1;
  }
}
sink.close();
console.log(JSON.stringify({ cases: rows, machine }));

async function measured(one: Case): Promise<object> {
  const plan = { one, source: bodiesFor(one), sink, ports, collector, profile: values.profile };
  const ours = await runCase({ ...plan, name: 'sentinel', delay: !values['no-delay'] });
  const theirs: Partial<Record<Baseline, RunResult>> = {};
  for (const name of wanted) theirs[name] = await runCase({ ...plan, name, delay: false });
  return rowOf(one, ours, theirs);
}

function rowOf(one: Case, ours: RunResult, theirs: Partial<Record<Baseline, RunResult>>): object {
  const perBaseline = Object.fromEntries(
    Object.entries(theirs).map(([name, { itemsPerCpuSecond, rssMib, lost }]) => [
      name,
      { items_per_cpu_second: Math.round(itemsPerCpuSecond), rss_mib: rssMib, lost },
    ]),
  );
  const first = theirs.wait?.itemsPerCpuSecond ?? NaN;
  const ratio = ours.itemsPerCpuSecond / first;
  const thousands = (value: number): string => `${Math.round(value / 1000)} k`;
  const others = Object.entries(theirs).map(([name, run]) => `${name} ${thousands(run.itemsPerCpuSecond)}`);
  console.log(
    `${nameOf(one).padEnd(24)} ${thousands(ours.itemsPerCpuSecond)} items per CPU-second; Collector ${others.join(', ')}; ` +
      `ratio ${ratio.toFixed(2)}; added p99 ${ours.addedMsP99.toFixed(1)} ms; ${ours.rssMib} MiB; ` +
      `unscored ${ours.unscored} and before ${ours.unscoredBefore} ${JSON.stringify(ours.unscoredBy)}; ` +
      `lost ${ours.lost}; told to come back ${ours.refusals}${ours.extra > 0 ? `; ${ours.extra} more than sent, ${ours.sentAgain} attempts made again` : ''}`,
  );
  return {
    ...one,
    items_per_cpu_second: Math.round(ours.itemsPerCpuSecond),
    collector_items_per_cpu_second: orNull(Math.round(first)),
    ratio: orNull(Math.round(ratio * 100) / 100),
    added_ms_p99: orNull(Math.round(ours.addedMsP99 * 10) / 10),
    rss_mib: ours.rssMib,
    unscored: ours.unscored,
    unscored_before: ours.unscoredBefore,
    unscored_by: ours.unscoredBy,
    lost: ours.lost,
    extra: ours.extra,
    sent_again: ours.sentAgain,
    told_to_come_back: ours.refusals,
    items_per_second: Math.round(ours.itemsPerSecond),
    collectors: perBaseline,
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
