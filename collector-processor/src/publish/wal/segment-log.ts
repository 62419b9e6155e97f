import { join } from 'node:path';
import { messageOf } from '../../runtime/errors.ts';
import type { AppendFile, Files } from './files.ts';
import type { LogMetrics } from './log-metrics.ts';
import { openSegments } from './open-segments.ts';
import { encodeRecord, type RecordContent } from './record.ts';
import type { Place } from './segment-reader.ts';
import { encodeSegmentHeader, type Segment, SEGMENT_HEADER_BYTES, segmentName } from './segment.ts';

export interface SegmentLogOptions {
  readonly folder: string;
  /** Bytes of all segments; beyond them `append` says `full`. */
  readonly maxSize: number;
  /** A segment is closed when it has grown to that. */
  readonly segmentSize: number;
}

/** `kept`: on disk, also after a power cut. Anything else: not kept, and the caller must not promise anything. */
export type Appended =
  | { readonly kind: 'kept'; readonly sequence: number; readonly segment: Segment; readonly place: Place }
  | { readonly kind: 'full' | 'failed'; readonly reason: string };

export interface SegmentLogParts {
  readonly files: Files;
  readonly options: SegmentLogOptions;
  readonly metrics: LogMetrics;
  readonly monotonicMs: () => number;
}

interface Waiting {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
  readonly sequence: number;
  readonly settle: (appended: Appended) => void;
}

interface Active {
  readonly segment: Segment;
  readonly file: AppendFile;
  /** The segment's name is safe too. */
  named: boolean;
}

/** A disk that has just failed is left alone for that long. */
const PAUSE_AFTER_FAILURE_MS = 1000;
/** Bytes of one write: what is more waits for the next. */
const MAX_COMMIT_BYTES = 4 * 1024 * 1024;

/**
 * Records in segments. While one write and its fdatasync are under way, whatever is appended gathers and goes with the
 * next (group commit).
 *
 * - The disk takes only a part (full): the segment is cut back to its last synced byte, and closed.
 * - fdatasync fails: what the page cache now holds is unknown and a second fdatasync would say nothing about it. The
 *   segment ends at its last synced byte, a new one is begun, and what was in this write has not been kept.
 */
export class SegmentLog {
  readonly #parts: SegmentLogParts;
  #options: SegmentLogOptions;
  #segments: Segment[] = [];
  #active: Active | undefined;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #committing: Promise<void> | undefined;
  #committingFrom: number | undefined;
  #nextSequence = 1;
  #pausedUntilMs = -Infinity;

  constructor(parts: SegmentLogParts) {
    this.#parts = parts;
    this.#options = parts.options;
  }

  /** In the order of their sequences; the last one may still grow. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** The last segment may still grow. */
  get isOpen(): boolean {
    return this.#active !== undefined || this.#committing !== undefined;
  }

  /** Of the next record. */
  get nextSequence(): number {
    return this.#nextSequence;
  }

  /** Every record below is on disk, or never will be. */
  get decidedBelow(): number {
    return this.#committingFrom ?? this.#waiting[0]?.sequence ?? this.#nextSequence;
  }

  /** On disk and on the way there. */
  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, this.#waitingBytes);
  }

  configure(options: Omit<SegmentLogOptions, 'folder'>): void {
    this.#options = { ...options, folder: this.#options.folder };
  }

  /** Reads what an earlier process left. `notBelow`: no new record gets a lower sequence. Never rejects for bad content. */
  async open(notBelow: number): Promise<void> {
    const { files, metrics } = this.#parts;
    const { folder } = this.#options;
    const found = await openSegments({ files, folder, metrics });
    this.#segments = found.segments;
    this.#nextSequence = Math.max(found.nextSequence, notBelow);
  }

  /** The record has its sequence when this returns (`nextSequence` before the call). */
  append(content: RecordContent, { beyondMaxSize = false } = {}): Promise<Appended> {
    const sequence = this.#nextSequence++;
    const parts = encodeRecord(sequence, content);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#parts.monotonicMs() < this.#pausedUntilMs) {
      return Promise.resolve({ kind: 'failed', reason: 'the disk of the write-ahead log has just failed' });
    }
    if (!beyondMaxSize && this.bytes + length > this.#options.maxSize) {
      this.#parts.metrics.full.add(1);
      return Promise.resolve({ kind: 'full', reason: 'the write-ahead log is full' });
    }
    this.#waitingBytes += length;
    return new Promise((settle) => {
      this.#waiting.push({ parts, length, sequence, settle });
      this.#committing ??= this.#commitAll();
    });
  }

  /** No record is added to the segment that is growing; the next append begins a new one. */
  async seal(): Promise<void> {
    await this.#committing;
    await this.#end();
  }

  /** Its records are needed no more. A damaged one is kept aside. */
  async discard(segment: Segment): Promise<void> {
    const { files, metrics } = this.#parts;
    if (this.#active?.segment === segment) await this.seal();
    this.#segments = this.#segments.filter((other) => other !== segment);
    const { folder } = this.#options;
    if (segment.damaged) await files.rename(segment.path, `${segment.path}.damaged`);
    else await files.remove(segment.path);
    await files.syncFolder(folder);
    metrics.removedSegments.add(1);
  }

  async close(): Promise<void> {
    await this.seal();
  }

  async #commitAll(): Promise<void> {
    // A turn later, so that requests that were read together are written together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#takeWaiting();
      this.#committingFrom = batch[0]?.sequence;
      await this.#commit(batch);
    }
    this.#committing = undefined;
  }

  #takeWaiting(): Waiting[] {
    let bytes = 0;
    const count = this.#waiting.findIndex(({ length }) => (bytes += length) > MAX_COMMIT_BYTES);
    return this.#waiting.splice(0, count === -1 ? this.#waiting.length : Math.max(1, count));
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const { metrics, monotonicMs } = this.#parts;
    const started = monotonicMs();
    let reason = '';
    try {
      await this.#write(batch);
    } catch (error) {
      reason = messageOf(error);
      metrics.failed(error);
      this.#pausedUntilMs = monotonicMs() + PAUSE_AFTER_FAILURE_MS;
      await this.#giveUp();
    }
    metrics.commitSeconds.observe((monotonicMs() - started) / 1000);
    const bytes = batch.reduce((sum, { length }) => sum + length, 0);
    this.#waitingBytes -= bytes;
    const active = this.#active;
    const before = active?.segment.bytes ?? 0;
    if (reason === '' && active !== undefined) active.segment.bytes += bytes;
    this.#committingFrom = undefined;
    if (reason !== '' || active === undefined) {
      for (const { settle } of batch) settle({ kind: 'failed', reason: `the write-ahead log failed: ${reason}` });
      return;
    }
    metrics.records.add(batch.length);
    metrics.bytes.add(bytes);
    let offset = before;
    for (const { settle, length, sequence } of batch) {
      settle({ kind: 'kept', sequence, segment: active.segment, place: { offset, length } });
      offset += length;
    }
    if (active.segment.bytes >= this.#options.segmentSize) await this.#end();
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const active = this.#active ?? (await this.#begin(batch[0]?.sequence ?? this.#nextSequence));
    const records = batch.flatMap(({ parts }) => parts);
    const isNew = active.segment.bytes === 0;
    await active.file.append(isNew ? [encodeSegmentHeader(active.segment.first), ...records] : records);
    await active.file.datasync();
    if (!active.named) await this.#parts.files.syncFolder(this.#options.folder);
    active.named = true;
    if (isNew) active.segment.bytes = SEGMENT_HEADER_BYTES;
  }

  async #begin(first: number): Promise<Active> {
    const path = join(this.#options.folder, segmentName(first));
    const segment: Segment = { path, first, bytes: 0, damaged: false };
    this.#active = { segment, file: await this.#parts.files.create(path), named: false };
    this.#segments.push(segment);
    return this.#active;
  }

  /** After a failed write: nothing of it may come back after a restart, if the disk still lets us see to that. */
  async #giveUp(): Promise<void> {
    const active = this.#active;
    if (active === undefined) return;
    const { files, metrics } = this.#parts;
    const { segment } = active;
    this.#active = undefined;
    if (segment.bytes === 0) this.#segments = this.#segments.filter((other) => other !== segment);
    try {
      await active.file.close();
      if (segment.bytes === 0) await files.remove(segment.path);
      else await files.truncate(segment.path, segment.bytes);
    } catch (error) {
      metrics.failed(error);
    }
  }

  async #end(): Promise<void> {
    const active = this.#active;
    this.#active = undefined;
    try {
      await active?.file.close();
    } catch (error) {
      this.#parts.metrics.failed(error);
    }
  }
}
