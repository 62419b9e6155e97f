import { join } from 'node:path';
import { messageOf } from '../../runtime/errors.ts';
import { type Files, patiently, type ReadFile, reading } from './files.ts';
import type { LogMetrics } from './log-metrics.ts';
import { RECORD_PREFIX_BYTES, recordLength } from './record.ts';
import { SegmentReader } from './segment-reader.ts';
import {
  firstSequenceOf,
  readSegmentHeader,
  type Segment,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from './segment.ts';

/**
 * Where a file could not be read, nobody knows which sequences it holds: new ones begin far above. One that is given twice would be
 * taken for delivered.
 */
const UNKNOWN = 2 ** 32;

interface Found {
  readonly segments: Segment[];
  /** Above every sequence that was found. */
  readonly nextSequence: number;
}

interface OpenParts {
  readonly files: Files;
  readonly folder: string;
  readonly metrics: LogMetrics;
}

/**
 * The segments in a folder, as a crash may have left them. A segment of a newer release, or one that cannot be opened, is
 * set aside under another name; behind a damaged header the records are looked for all the same. Of the last one the
 * tail that was not written whole is cut; a tail that is no beginning of a record is damage, for it may have been
 * acknowledged. Rejects only when the folder itself cannot be used.
 */
export async function openSegments(parts: OpenParts): Promise<Found> {
  const { files, folder } = parts;
  await files.makeFolder(folder);
  const names = (await files.list(folder)).sort();
  const segments: Segment[] = [];
  let newest = 0;
  for (const name of names) {
    const first = firstSequenceOf(name);
    const segment = first === undefined ? undefined : await openSegment(parts, join(folder, name), first);
    if (segment !== undefined) segments.push(segment);
    newest = Math.max(newest, first ?? 0);
  }
  const last = segments.at(-1);
  if (last === undefined || last.first < newest) return { segments, nextSequence: newest === 0 ? 1 : newest + UNKNOWN };
  const end = await cutTail(parts, last);
  if (end === undefined) return { segments, nextSequence: newest + UNKNOWN };
  if (last.bytes <= SEGMENT_HEADER_BYTES && !last.damaged) {
    segments.pop();
    await files.remove(last.path);
    await files.syncFolder(folder);
  }
  return { segments, nextSequence: end + 1 };
}

async function openSegment(parts: OpenParts, path: string, first: number): Promise<Segment | undefined> {
  const { files, metrics } = parts;
  try {
    const { header, size } = await reading(files, path, async (file) => ({
      header: await headerOf(parts, file),
      size: file.size,
    }));
    if (header.kind === 'newer') {
      await setAside(parts, path, `it has version ${header.version} of the format`);
      return undefined;
    }
    // A header that was not written whole is a torn tail, no damage.
    const damaged = header.kind === 'damaged' && size >= SEGMENT_HEADER_BYTES;
    if (damaged) metrics.damaged(path, SEGMENT_HEADER_BYTES);
    return { path, first, bytes: size, damaged };
  } catch (error) {
    metrics.failed(error);
    await setAside(parts, path, messageOf(error));
    return undefined;
  }
}

/** One that cannot be read for the moment is taken for good: whoever wants the records finds out. */
async function headerOf({ metrics }: OpenParts, file: ReadFile): Promise<SegmentHeader> {
  try {
    return readSegmentHeader(await patiently(() => file.read(0, SEGMENT_HEADER_BYTES), metrics.failed));
  } catch (error) {
    metrics.failed(error);
    return { kind: 'ok' };
  }
}

async function setAside({ files, folder, metrics }: OpenParts, path: string, reason: string): Promise<void> {
  metrics.setAside(path, reason);
  try {
    await files.rename(path, `${path}.unread`);
    await files.syncFolder(folder);
  } catch (error) {
    metrics.failed(error);
  }
}

/** Sequence of the last whole record, or one below the segment's first; `undefined` when nobody can tell. */
async function cutTail(parts: OpenParts, segment: Segment): Promise<number | undefined> {
  const { files, metrics } = parts;
  try {
    const { last, whole, damaged } = await patiently(
      () => reading(files, segment.path, (file) => readTail(file, segment)),
      metrics.failed,
    );
    if (damaged) {
      metrics.damaged(segment.path, segment.bytes - whole);
      segment.damaged = true;
      return last + 1; // Its sequence is not given again, nor its file's name.
    }
    if (whole < segment.bytes || segment.bytes < SEGMENT_HEADER_BYTES) {
      metrics.cut(segment.path, segment.bytes - whole);
      await files.truncate(segment.path, whole);
    }
    segment.bytes = whole;
    return last;
  } catch (error) {
    metrics.failed(error);
    return undefined;
  }
}

interface Tail {
  readonly last: number;
  /** Up to where records are whole. */
  readonly whole: number;
  /** What stands behind them is no torn record. */
  readonly damaged: boolean;
}

async function readTail(file: ReadFile, segment: Segment): Promise<Tail> {
  let last = segment.first - 1;
  const reader = new SegmentReader(file);
  for (;;) {
    const step = await reader.next(segment.bytes);
    if (step.kind === 'record') last = Math.max(last, step.record.sequence);
    if (step.kind !== 'end') continue;
    const whole = Math.min(reader.offset, segment.bytes);
    return { last, whole, damaged: step.rest > 0 && !(await isTorn(file, whole)) };
  }
}

/** Whether what stands there may be the beginning of a record, or bytes that a disk has promised and not written. */
async function isTorn(file: ReadFile, offset: number): Promise<boolean> {
  const prefix = await file.read(offset, RECORD_PREFIX_BYTES);
  if (prefix.length < RECORD_PREFIX_BYTES || prefix.every((byte) => byte === 0)) return true;
  const length = recordLength(prefix);
  return length !== undefined && offset + length > file.size;
}
