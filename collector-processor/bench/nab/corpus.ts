import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Window } from './scoring.ts';

/** A file of NAB's corpus; rows in the order of the file. */
export interface NabFile {
  /** `<folder>/<file>.csv`, as in the labels. */
  readonly name: string;
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
  readonly windows: readonly Window[];
}

/** Seconds are all that labels and rows agree on. */
const SECONDS = 19;

/** Reads `data/<folder>/<file>.csv` (or .csv.gz) and `labels/combined_windows.json`; any subset of the files will do. */
export function readCorpus(directory: string): NabFile[] {
  const text = readFileSync(join(directory, 'labels', 'combined_windows.json'), 'utf8');
  const labels = JSON.parse(text) as Readonly<Record<string, readonly (readonly [string, string])[]>>;
  return filesIn(join(directory, 'data')).map((path) => {
    const name = path.replace(/\.gz$/, '');
    const windows = labels[name];
    if (windows === undefined) throw new Error(`${name}: there are no labels for it`);
    return parse(name, readText(join(directory, 'data', path)), windows);
  });
}

/** Scores that were published for a file: one number a row after a heading. */
export function readScores(path: string): Float64Array {
  return Float64Array.from(linesOf(readText(path)).slice(1), Number);
}

function filesIn(directory: string): string[] {
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .flatMap(({ name }) => readdirSync(join(directory, name)).map((file) => `${name}/${file}`))
    .filter((path) => /\.csv(\.gz)?$/.test(path))
    .toSorted();
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function parse(name: string, text: string, labels: readonly (readonly [string, string])[]): NabFile {
  const cells = linesOf(text)
    .slice(1)
    .map((line) => line.split(','));
  const stamps = cells.map(([stamp = '']) => stamp.slice(0, SECONDS));
  const rowOf = (stamp: string): number => {
    const row = stamps.indexOf(stamp.slice(0, SECONDS));
    if (row < 0) throw new Error(`${name}: no row at ${stamp}, where a window ends`);
    return row;
  };
  return {
    name,
    timesMs: Float64Array.from(stamps, (stamp) => Date.parse(`${stamp.replace(' ', 'T')}Z`)),
    values: Float64Array.from(cells, ([, value]) => Number(value)),
    windows: labels.map(([first, last]) => [rowOf(first), rowOf(last)]),
  };
}
