import { join } from 'node:path';
import { messageOf } from '../../runtime/errors.ts';
import type { AppendFile, Files } from './files.ts';
import type { LogMetrics } from './log-metrics.ts';
import { openSegments } from './open-segments.ts';
import type { RecordContent } from './record.ts';
import type { Place } from './segment-reader.ts';
import { encodeSegmentHeader, type Segment, SEGMENT_HEADER_BYTES, segmentName } from './segment.ts';
import { encoded, type WaitingRecord, WaitingRecords } from './waiting-records.ts';

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
  /** What must be on disk before the next records are; when it rejects, they are not kept. */
  readonly ready?: () => Promise<void>;
}

interface Active {
  readonly segment: Segment;
  readonly file: AppendFile;
  /** The segment's name is safe too. */
  named: boolean;
}

/** A disk that has just failed is left alone for that long. */
const PAUSE_AFTER_FAILURE_MS = 1000;

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
  readonly #waiting = new WaitingRecords();
  #segmentBytes = 0;
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
    return this.#committingFrom ?? this.#waiting.sequence ?? this.#nextSequence;
  }

  /** On disk and on the way there. */
  get bytes(): number {
    return this.#segmentBytes + this.#waiting.bytes;
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
    this.#segmentBytes = found.segments.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#nextSequence = Math.max(found.nextSequence, notBelow);
  }

  /** The record has its sequence when this returns (`nextSequence` before the call). */
  append(content: RecordContent, { beyondMaxSize = false } = {}): Promise<Appended> {
    const sequence = this.#nextSequence++;
    const record = encoded(sequence, content);
    if (this.#parts.monotonicMs() < this.#pausedUntilMs) {
      return Promise.resolve({ kind: 'failed', reason: 'the disk of the write-ahead log has just failed' });
    }
    if (!beyondMaxSize && this.bytes + record.length > this.#options.maxSize) {
      this.#parts.metrics.full.add(1);
      return Promise.resolve({ kind: 'full', reason: 'the write-ahead log is full' });
    }
    const appended = this.#waiting.push(record);
    this.#committing ??= this.#commitAll();
    return appended;
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
    this.#remove(segment);
    const { folder } = this.#options;
    if (segment.damaged) {
      await files.rename(segment.path, `${segment.path}.damaged`);
      metrics.keptAside(segment.path);
    } else await files.remove(segment.path);
    await files.syncFolder(folder);
    metrics.removedSegments.add(1);
  }

  async close(): Promise<void> {
    await this.seal();
  }

  async #commitAll(): Promise<void> {
    // A turn later, so that requests that were read together are written together.
    await Promise.resolve();
    for (let batch = this.#waiting.take(); batch.length > 0; batch = this.#waiting.take()) {
      this.#committingFrom = batch[0]?.sequence;
      await this.#commit(batch);
    }
    this.#committing = undefined;
  }

  async #commit(batch: readonly WaitingRecord[]): Promise<void> {
    const { metrics, monotonicMs } = this.#parts;
    const started = monotonicMs();
    let reason = '';
    try {
      await this.#parts.ready?.();
      await this.#write(batch);
    } catch (error) {
      reason = messageOf(error);
      metrics.failed(error);
      this.#pausedUntilMs = monotonicMs() + PAUSE_AFTER_FAILURE_MS;
      await this.#giveUp();
    }
    metrics.commitSeconds.observe((monotonicMs() - started) / 1000);
    const bytes = batch.reduce((sum, { length }) => sum + length, 0);
    this.#waiting.bytes -= bytes;
    const active = this.#active;
    const before = active?.segment.bytes ?? 0;
    if (reason === '' && active !== undefined) this.#grow(active.segment, bytes);
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

  async #write(batch: readonly WaitingRecord[]): Promise<void> {
    const active = this.#active ?? (await this.#begin(batch[0]?.sequence ?? this.#nextSequence));
    const records = batch.flatMap(({ parts }) => parts);
    const isNew = active.segment.bytes === 0;
    await active.file.append(isNew ? [encodeSegmentHeader(active.segment.first), ...records] : records);
    await active.file.datasync();
    if (!active.named) await this.#parts.files.syncFolder(this.#options.folder);
    active.named = true;
    if (isNew) this.#grow(active.segment, SEGMENT_HEADER_BYTES);
  }

  async #begin(first: number): Promise<Active> {
    const path = join(this.#options.folder, segmentName(first));
    const segment: Segment = { path, first, bytes: 0, damaged: false };
    this.#active = { segment, file: await this.#parts.files.create(path), named: false };
    this.#segments.push(segment);
    return this.#active;
  }

  #grow(segment: Segment, bytes: number): void {
    segment.bytes += bytes;
    this.#segmentBytes += bytes;
  }

  #remove(segment: Segment): void {
    const index = this.#segments.indexOf(segment);
    if (index === -1) return;
    this.#segments.splice(index, 1);
    this.#segmentBytes -= segment.bytes;
  }

  /** After a failed write: nothing of it may come back after a restart, if the disk still lets us see to that. */
  async #giveUp(): Promise<void> {
    const active = this.#active;
    if (active === undefined) return;
    const { files, metrics } = this.#parts;
    const { segment } = active;
    this.#active = undefined;
    if (segment.bytes === 0) this.#remove(segment);
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
