/**
 * `npm run bench:soak -- --minutes 30 [--requests 16]`: Sentinel as a program with its defaults and its disk, under a steady
 * load of traces (gRPC), metrics (HTTP, gzip) and logs (HTTP): so many requests of 225 items a second of each. In the middle
 * the backends are away for a twentieth of the time; what the write-ahead log has kept is delivered afterwards. Memory, delay
 * and files must not grow: of each the slope over the rows of the run, without the first fifth and without the outage and its
 * drain, must lie below a bound with its whole 95 % confidence interval. Where that cannot be said the verdict is `unclear`: a
 * fault for memory and files, unless the run was shorter than ten minutes; a remark for the delay, which other work on the
 * machine changes. Prints thirty lines, and as the last one a JSON object.
 */
import { parseArgs } from 'node:util';
import { machineOf } from './machine.ts';
import { startSink } from './pipeline/sink.ts';
import { settledBooks } from './soak/books.ts';
import { kinds, SteadyLoad } from './soak/load.ts';
import { startSoaked } from './soak/program.ts';
import { headline, lineOf, resultOf } from './soak/report.ts';
import { watchRows } from './soak/watch-rows.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, requests: { type: 'string', default: '16' } },
});
const [minutes, requests] = [Number(values.minutes), Number(values.requests)];
const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const [telemetry, findings] = [await startSink(), await startSink()];
const { program, places } = await startSoaked(telemetry, findings);
const target = { http: program.httpPort, grpc: program.grpcPort };
const loads = kinds.map((kind) => new SteadyLoad(target, kind, requests));
const books = settledBooks({ program, loads, telemetry, findings });
const stopped = new AbortController();
const sending = Promise.all(loads.map((load) => load.run(stopped.signal)));

tell(headline);
const rows = await watchRows({
  watched: { program, places, loads },
  rowMs: (minutes * 60_000) / 30,
  away: (isAway) => (telemetry.away = findings.away = isAway),
  onRow: (row) => tell(lineOf(row)),
});
stopped.abort();
await sending;
const counted = await books.close();
await program.stop();
telemetry.close();
findings.close();

const { faults, remarks, result } = resultOf(rows, counted, { minutes, requests });
for (const remark of remarks) tell(`unclear: ${remark}`);
for (const fault of faults) tell(`FAILED: ${fault}`);
tell(JSON.stringify({ ...result, machine: machineOf() }));
process.exitCode = faults.length === 0 ? 0 : 1;
