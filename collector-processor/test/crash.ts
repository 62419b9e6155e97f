/**
 * `npm run test:crash -- --rounds 200 [--seed 1] [--workers 2]`: kill -9 at random moments under load, with backends that fail, stall,
 * refuse, answer in part and return, and with a disk that is full, broken or slow; each time the disk is cut back to what
 * fdatasync had made safe. Whatever was acknowledged must be at the backends or in the dead letters. A control run with
 * fdatasync taken out must lose something, or the test would prove nothing. With ingest threads (`--workers`) these die
 * too, and whether an id came twice is not judged: a repeat may reach another thread. The last line is one JSON object.
 */
import { parseArgs } from 'node:util';
import { type CrashTotals, runCrashes } from './crash/crash-run.ts';

const CONTROL_ROUNDS = 2;
const { values } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' }, workers: { type: 'string' } },
});
const rounds = Number(values.rounds ?? 20);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const workers = Number(values.workers ?? 0);
const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

tell(`seed ${seed}`);
const control = await runCrashes({ rounds: CONTROL_ROUNDS, seed, workers, syncs: false, tell: () => undefined });
tell(`control run without fdatasync: ${control.lost} of ${control.acknowledged} acknowledged ids lost`);
const totals = await runCrashes({ rounds, seed, workers, syncs: true, tell });
const faults = faultsOf(totals, control);
for (const fault of faults) tell(`FAILED: ${fault}`);
const { acknowledged, lost, duplicated, deadLetters } = totals;
tell(JSON.stringify({ rounds, acknowledged, lost, duplicated, dead_letters: deadLetters }));
process.exitCode = faults.length === 0 ? 0 : 1;

function faultsOf(run: CrashTotals, without: CrashTotals): string[] {
  const found: [boolean, string][] = [
    [run.acknowledged === 0, 'nothing was acknowledged'],
    [run.lost > 0, `${run.lost} acknowledged ids are neither at a backend nor with the dead letters`],
    [
      workers === 0 && run.duplicatedWithoutCause > 0,
      `${run.duplicatedWithoutCause} ids came twice though neither a kill nor a late answer left them in doubt`,
    ],
    [without.lost === 0, 'without fdatasync nothing was lost: the cut does not cut'],
  ];
  return found.flatMap(([isFault, text]) => (isFault ? [text] : []));
}
