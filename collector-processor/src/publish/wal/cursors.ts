import { join } from 'node:path';
import { crc32c } from './crc32c.ts';
import type { Files } from './files.ts';
import type { LogMetrics } from './log-metrics.ts';

/** From the first to the last sequence, both included. */
export type Range = readonly [first: number, last: number];

/** How far one backend has come. */
export interface Cursor {
  /** Below it every record is settled, except those that are `owed`. */
  readonly position: number;
  readonly owed: readonly number[];
  /** Records from the position on that are settled already. */
  readonly settled: readonly Range[];
  /** Wall clock: since when no such backend is configured. */
  readonly removedAtMs?: number;
}

export interface Cursors {
  /** Of the next record: no sequence is ever given twice. */
  readonly nextSequence: number;
  readonly backends: Readonly<Record<string, Cursor>>;
}

const VERSION = 1;
const NAME = 'cursors';
const DIGITS = 8;

/** All cursors in one small file, written beside the old one and renamed: there is always a whole one. */
export async function writeCursors(files: Files, folder: string, cursors: Cursors): Promise<void> {
  const text = Buffer.from(JSON.stringify({ version: VERSION, ...cursors }));
  const path = join(folder, NAME);
  await removeIfThere(files, folder, `${NAME}.new`);
  const file = await files.create(`${path}.new`);
  try {
    await file.append([Buffer.from(`${checksum(text)} `), text]);
    await file.datasync();
  } finally {
    await file.close();
  }
  await files.rename(`${path}.new`, path);
  await files.syncFolder(folder);
}

/** `undefined` when there are none, or none that can be read; then everything in the log counts as owed. */
export async function readCursors(files: Files, folder: string, metrics: LogMetrics): Promise<Cursors | undefined> {
  const path = join(folder, NAME);
  if (!(await files.list(folder)).includes(NAME)) return undefined;
  try {
    const file = await files.open(path);
    const bytes = await file.read(0, file.size);
    await file.close();
    const text = bytes.subarray(DIGITS + 1);
    if (Buffer.from(bytes.subarray(0, DIGITS)).toString() !== checksum(text)) throw new Error('its checksum is wrong');
    const parsed: unknown = JSON.parse(Buffer.from(text).toString());
    if (isCursors(parsed)) return parsed;
    throw new Error('it is of another release');
  } catch (error) {
    metrics.failed(error);
    metrics.damaged(path, 0);
    return undefined;
  }
}

/** Sorted sequences as ranges of those that follow one another. */
export function toRanges(sequences: readonly number[]): Range[] {
  const ranges: [number, number][] = [];
  for (const sequence of sequences) {
    const last = ranges.at(-1);
    if (last?.[1] === sequence - 1) last[1] = sequence;
    else ranges.push([sequence, sequence]);
  }
  return ranges;
}

async function removeIfThere(files: Files, folder: string, name: string): Promise<void> {
  if ((await files.list(folder)).includes(name)) await files.remove(join(folder, name));
}

function checksum(text: Uint8Array): string {
  return crc32c(text).toString(16).padStart(DIGITS, '0');
}

function isCursors(value: unknown): value is Cursors {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== VERSION) return false;
  return (
    'nextSequence' in value && 'backends' in value && typeof value.backends === 'object' && value.backends !== null
  );
}
