import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { requestOf, toDropRecord, toLetterRecord } from './dead-letter-record.ts';
import type { Files } from './files.ts';
import type { Entry, LetterIndex } from './letter-index.ts';
import type { LogMetrics } from './log-metrics.ts';
import { limitSetAside } from './quarantine.ts';
import type { SegmentLog } from './segment-log.ts';
import { readStored } from './segment-reader.ts';
import type { Segment } from './segment.ts';

interface RoomParts {
  readonly log: SegmentLog;
  readonly index: LetterIndex;
  readonly files: Files;
  readonly folder: string;
  readonly maxSetAside: () => number;
  /** Segments of which nobody knows yet what they hold. */
  readonly unread: Set<Segment>;
  readonly logMetrics: LogMetrics;
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
}

export const evictedLetters = {
  name: 'sentinel_dead_letters_evicted_total',
  help: 'Dead letters that were removed unread: too old, or no room.',
};

/**
 * Makes room on the disk of the dead letters. Files go as a whole and from the front, so one letter that is left in the
 * oldest would hold on to all behind it: it is written anew at the end, as the same letter.
 */
export class LetterRoom {
  readonly #parts: RoomParts;

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** Removes leading files whose letters are all older than `diedBeforeMs`, or gone. */
  async tidy(diedBeforeMs: number): Promise<void> {
    const { index, logMetrics } = this.#parts;
    try {
      for (let oldest = this.#oldest(); oldest !== undefined; oldest = this.#oldest()) {
        const isKept =
          this.#parts.unread.has(oldest) || index.in(oldest).some(({ letter }) => letter.diedAtMs > diedBeforeMs);
        if (isKept) return;
        await this.#evict(oldest, 'age');
      }
    } catch (error) {
      logMetrics.failed(error);
    }
  }

  /** Gives up the oldest file with its letters; false when there is none, or the disk fails. */
  evictOldest(reason: 'size' | 'number'): Promise<boolean> {
    return this.#withOldest((oldest) => this.#evict(oldest, reason));
  }

  /** Frees what dropped letters left behind in the oldest file; false when that is not possible. */
  rewriteOldest(): Promise<boolean> {
    return this.#withOldest(async (oldest) => {
      if (this.#parts.unread.has(oldest)) throw new Error(`${oldest.path} cannot be read`);
      for (const entry of this.#parts.index.in(oldest)) await this.#writeAnew(entry);
      await this.#parts.log.discard(oldest);
    });
  }

  async limitSetAside(): Promise<void> {
    const { files, folder, maxSetAside, logMetrics } = this.#parts;
    await limitSetAside({ files, folder, maxBytes: maxSetAside(), metrics: logMetrics });
  }

  async #withOldest(work: (oldest: Segment) => Promise<void>): Promise<boolean> {
    const oldest = this.#oldest();
    if (oldest === undefined) return false;
    try {
      await work(oldest);
      return true;
    } catch (error) {
      this.#parts.logMetrics.failed(error);
      return false;
    }
  }

  /** The one that still grows does not count: what is on its way into it is not listed yet. */
  #oldest(): Segment | undefined {
    const { log } = this.#parts;
    return log.isOpen && log.segments.length === 1 ? undefined : log.segments[0];
  }

  async #writeAnew(entry: Entry): Promise<void> {
    const { log, index, files } = this.#parts;
    const { letter } = entry;
    const record = await readStored(files, entry);
    const request = record === undefined ? undefined : requestOf(record);
    if (request === undefined) throw new Error(`dead letter ${letter.id} cannot be read`);
    const { reason, diedAtMs, items, sequence, refusedReplays, lastReplayAtMs } = letter;
    const content = toLetterRecord(request, { reason, diedAtMs, items, sequence, refusedReplays, lastReplayAtMs });
    const appended = await log.append(content, { beyondMaxSize: true });
    if (appended.kind !== 'kept') throw new Error(appended.reason);
    // Dropped meanwhile: without this it would come back with the next start.
    if (index.get(letter.id) === undefined) await log.append(toDropRecord([letter.id]), { beyondMaxSize: true });
    else index.read({ sequence: appended.sequence, ...content }, appended);
  }

  async #evict(segment: Segment, reason: 'age' | 'size' | 'number'): Promise<void> {
    const { log, index, metrics, logger } = this.#parts;
    const letters = index.in(segment);
    // What nobody could read is kept beside, as far as there is room.
    if (this.#parts.unread.has(segment)) segment.damaged = true;
    await log.discard(segment);
    this.#parts.unread.delete(segment);
    if (segment.damaged) await this.limitSetAside();
    for (const { letter } of letters) index.delete(letter.id);
    if (letters.length === 0) return;
    metrics.counter({ ...evictedLetters, labels: { reason } }).add(letters.length);
    logger.error({ letters: letters.length, reason }, 'Dead letters were removed; their telemetry is gone.');
  }
}
