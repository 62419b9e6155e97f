/**
 * `POSTGRES_URL=… npm run test:standby -- --rounds 12 [--duration 10000]`: two processes on one PostgreSQL store; the active
 * one is killed, stopped in order, or frozen until the other has taken over and then woken up. A trigger compares, at each
 * commit, who wrote with who holds the lease. A control run without the fence in the database must find rows that were
 * written late, or the test would prove nothing. With POSTGRES_RESTART (a command) the server is restarted too. The last
 * line is one JSON object; times are from the signal to the take-over, milliseconds.
 */
import { parseArgs } from 'node:util';
import { runStandby } from './standby/standby-run.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, duration: { type: 'string' }, seed: { type: 'string' } },
});
const url = process.env['POSTGRES_URL'];
if (url === undefined) throw new Error('POSTGRES_URL is not set.');
const rounds = Number(values.rounds ?? 12);
const duration = Number(values.duration ?? 10_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const common = { url, restart: process.env['POSTGRES_RESTART'], seed };

tell(`seed ${seed}`);
const control = await runStandby({ ...common, rounds: 3, duration: 1_500, fenced: false, tell: () => undefined });
tell(`control run without the fence in the database: ${control.late} of ${control.written} rows written late`);
const { late, written, takeOvers } = await runStandby({ ...common, rounds, duration, fenced: true, tell });
// A restart takes as long as the server takes.
const tooLate = takeOvers.filter(({ how, ms }) => how !== 'restart' && ms > duration + 500).length;
const faults = [
  ...(written === 0 ? ['nothing was written'] : []),
  ...(late > 0 ? [`${late} rows were written by a process that had been replaced`] : []),
  ...(tooLate > 0 ? [`${tooLate} take-overs took longer than the lease`] : []),
  ...(control.late === 0 ? ['without the fence nothing was written late: the test proves nothing'] : []),
];
for (const fault of faults) tell(`FAILED: ${fault}`);
const longest = Object.fromEntries(
  ['kill', 'freeze', 'stop', 'restart'].map((how) => [
    how,
    Math.max(...takeOvers.filter((one) => one.how === how).map(({ ms }) => ms), 0),
  ]),
);
tell(JSON.stringify({ rounds, duration_ms: duration, written, written_late: late, take_over_ms_max: longest }));
process.exitCode = faults.length === 0 ? 0 : 1;
