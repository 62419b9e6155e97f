import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SentinelProgram } from '../../test/sentinel-program.ts';
import { quantileOf } from '../pipeline/drive.ts';
import { residentMib } from '../pipeline/process-cost.ts';
import type { SteadyLoad } from './load.ts';
import type { Places } from './program.ts';
import type { Levels } from './verdict.ts';

export interface Row extends Levels {
  /** Middle of the row, from the start. */
  readonly hours: number;
  /** Bytes in MiB that backends are owed at its end. */
  readonly owed: number;
}

export interface Watched {
  readonly program: SentinelProgram;
  readonly places: Places;
  readonly loads: readonly SteadyLoad[];
}

const SAMPLE_MS = 1000;
const MIB = 2 ** 20;

/** Watches for `ms` and tells how things were: memory on average, delay of all requests, files at the end. */
export async function watchRow({ program, places, loads }: Watched, startedAt: number, ms: number): Promise<Row> {
  const from = performance.now();
  const rss: number[] = [];
  for (let at = from; at < from + ms; at = performance.now()) {
    await pause(Math.min(SAMPLE_MS, from + ms - at));
    rss.push(residentMib(program.pid));
  }
  const delays = loads.flatMap((load) => load.takeDelays()).sort((a, b) => a - b);
  return {
    hours: (from - startedAt + ms / 2) / 3_600_000,
    rss: rss.reduce((sum, each) => sum + each, 0) / rss.length,
    wal: sizeMib(places.wal),
    store: sizeMib(places.store),
    snapshot: sizeMib(places.snapshot),
    p50: quantileOf(delays, 0.5),
    p99: quantileOf(delays, 0.99),
    owed: (await owedBytes(program)) / MIB,
  };
}

/** Bytes of the log that backends are owed. A connection that ends by chance is no reason to end a long run. */
export async function owedBytes(program: SentinelProgram, tries = 3): Promise<number> {
  try {
    return await program.metric('sentinel_wal_owed_bytes');
  } catch (error) {
    if (tries === 1) throw error;
    await pause(SAMPLE_MS);
    return owedBytes(program, tries - 1);
  }
}

/** Of a folder with all in it; or of a file with all whose names begin like its own (SQLite keeps some beside it). */
function sizeMib(path: string): number {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const folder = isFolder ? path : dirname(path);
  const names = isFolder ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : namesLike(folder, path);
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  return sizes.reduce((sum, stat) => sum + (stat?.isFile() === true ? stat.size : 0), 0) / MIB;
}

function namesLike(folder: string, path: string): string[] {
  return readdirSync(folder).filter((name) => [path, `${path}-wal`, `${path}-shm`].includes(join(folder, name)));
}
