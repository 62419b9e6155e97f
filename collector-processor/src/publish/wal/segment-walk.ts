import type { Files, ReadFile } from './files.ts';
import type { LogRecord } from './record.ts';
import type { SegmentLog } from './segment-log.ts';
import { SegmentReader } from './segment-reader.ts';
import type { Segment } from './segment.ts';

interface WalkParts {
  readonly log: SegmentLog;
  readonly files: Files;
  /** Bytes of a segment that are no record; once for each segment. */
  readonly onDamage: (reason: string) => void;
}

/** `segment`: the next record is in a later segment, whose first sequence is this. */
export type WalkStep =
  | { readonly kind: 'record'; readonly record: LogRecord }
  | { readonly kind: 'segment'; readonly first: number }
  | { readonly kind: 'end' };

/** Goes through the records of a log, from one segment to the next. One file is open at a time. */
export class SegmentWalk {
  readonly #parts: WalkParts;
  #reading: { readonly segment: Segment; readonly file: ReadFile; readonly reader: SegmentReader } | undefined;

  constructor(parts: WalkParts) {
    this.#parts = parts;
  }

  /** Begins where the record of that sequence would be, unless it is under way. */
  async next(sequence: number): Promise<WalkStep> {
    for (;;) {
      const reading = await this.#open(sequence);
      if (reading === undefined) return { kind: 'end' };
      const { segment, reader } = reading;
      const step = await reader.next(segment.bytes);
      if (step.kind === 'record') return step;
      if (step.kind === 'damaged') this.#damage(segment, step.bytes);
      else return await this.#leave(segment, step.rest);
    }
  }

  async close(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    await reading?.file.close();
  }

  async #leave(segment: Segment, rest: number): Promise<WalkStep> {
    const following = this.#parts.log.segments.find(({ first, bytes }) => first > segment.first && bytes > 0);
    if (rest > 0) this.#damage(segment, rest);
    if (following === undefined) return { kind: 'end' };
    await this.close();
    return { kind: 'segment', first: following.first };
  }

  async #open(sequence: number) {
    if (this.#reading !== undefined) return this.#reading;
    const { log, files } = this.#parts;
    const segment = segmentAt(log.segments, sequence);
    if (segment === undefined) return undefined;
    const file = await files.open(segment.path);
    this.#reading = { segment, file, reader: new SegmentReader(file) };
    return this.#reading;
  }

  #damage(segment: Segment, bytes: number): void {
    if (!segment.damaged) this.#parts.onDamage(`${bytes} bytes of ${segment.path} are no record`);
    segment.damaged = true;
  }
}

/** Where the record of that sequence would be, or else the first; what is still empty does not count. */
function segmentAt(segments: readonly Segment[], sequence: number): Segment | undefined {
  let found: Segment | undefined;
  for (const segment of segments) {
    if (found !== undefined && segment.first > sequence) break;
    if (segment.bytes > 0) found = segment;
  }
  return found;
}
