import { createRandom } from '../../src/score/testing/random.ts';
import type { NabFile } from './corpus.ts';

/** The same corpus told a little differently: a detector that fits the files and not the faults falls behind here. */
export interface Variant {
  readonly name: string;
  change(file: NabFile): NabFile;
}

const SEVEN_HOURS_MS = 25_200_000;
const CUT = 0.03;
const SEEDS = [1, 2, 3];

export const variants: readonly Variant[] = [
  {
    name: 'seven hours later',
    change: (file) => ({ ...file, timesMs: file.timesMs.map((time) => time + SEVEN_HOURS_MS) }),
  },
  { name: 'in other units', change: (file) => withValues(file, (value) => 3.7 * value) },
  { name: 'upside down', change: (file) => withValues(file, (value) => -value) },
  { name: 'without the first 3 % of rows', change: cut },
  ...SEEDS.map((seed) => ({ name: `with 2 % noise, seed ${seed}`, change: (file: NabFile) => noisy(file, seed) })),
];

/** The corpus without one of its folders, for each of them. */
export function withoutEachFolder<T extends { readonly name: string }>(files: readonly T[]): Map<string, T[]> {
  const folderOf = ({ name }: T): string => name.split('/')[0] ?? '';
  const folders = [...new Set(files.map(folderOf))];
  return new Map(folders.map((folder) => [folder, files.filter((file) => folderOf(file) !== folder)]));
}

function withValues(file: NabFile, change: (value: number) => number): NabFile {
  return { ...file, values: file.values.map(change) };
}

function cut({ name, timesMs, values, windows }: NabFile): NabFile {
  const rows = Math.floor(CUT * values.length);
  const moved = windows.map(([first, last]) => [Math.max(0, first - rows), last - rows] as const);
  return { name, timesMs: timesMs.slice(rows), values: values.slice(rows), windows: moved };
}

/** Noise in shares of the usual move from row to row, so that smooth series stay smooth. */
function noisy(file: NabFile, seed: number): NabFile {
  const random = createRandom(seed);
  const moves = file.values.map((value, row) => Math.abs(value - (file.values[row - 1] ?? value))).toSorted();
  const size = 0.02 * (moves[Math.floor(0.75 * moves.length)] ?? 0);
  return withValues(file, (value) => value + size * random.normal());
}
